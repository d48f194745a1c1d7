using System.Collections.Immutable;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Model.Building;

/// <summary>Checks and compiles integrity and merge constraints.</summary>
internal static class ConstraintCompiler
{
    /// <param name="path">Where the constraints stand.</param>
    /// <param name="constraints">Their texts.</param>
    /// <param name="names">The types or sources that they may read.</param>
    /// <param name="kind">What those are: "type" or "source".</param>
    /// <param name="attributes">The attributes of <c>_SELF</c>.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static ImmutableArray<ITemplate> Compile(
        string path,
        IList<string> constraints,
        ImmutableArray<string> names,
        string kind,
        ImmutableArray<TypeAttribute> attributes,
        ErrorList errors)
    {
        var compiled = ImmutableArray.CreateBuilder<ITemplate>(constraints.Count);
        for (var i = 0; i < constraints.Count; i++)
        {
            if (errors.CompileExpression($"{path}:{i}", constraints[i]) is not { } template)
                continue;
            foreach (var variable in template.Variables)
                Check(variable, template, $"{path}:{i}", names, kind, attributes, errors);
            compiled.Add(template);
        }

        return compiled.ToImmutable();
    }

    private static void Check(
        string variable,
        ITemplate template,
        string path,
        ImmutableArray<string> names,
        string kind,
        ImmutableArray<TypeAttribute> attributes,
        ErrorList errors)
    {
        if (variable == TemplateVariables.Self)
        {
            foreach (var member in template.MembersOf(variable) ?? new HashSet<string>())
            {
                if (attributes.All(attribute => attribute.Name != member))
                    errors.Add(
                        path,
                        $"The constraint reads _SELF.{member}, which is no attribute of the type.",
                        "Use attributes of the type.");
            }
        }
        else if (!names.Contains(VariableNames.Owner(variable, names)))
        {
            var known = names.Select(name => $"{name}, {name}{TemplateVariables.KeysSuffix}");
            errors.Add(
                path,
                $"The constraint reads '{variable}', which is unknown here.",
                $"Use _SELF, or a {kind} and its keys: {string.Join(", ", known)}.");
        }
    }
}
