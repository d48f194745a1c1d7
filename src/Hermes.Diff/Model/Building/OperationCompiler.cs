using System.Collections.Immutable;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Model.Building;

/// <summary>Checks and compiles the operations of a source.</summary>
internal sealed class OperationCompiler(ErrorList errors, ImmutableArray<string> typeNames, int typeIndex)
{
    public OperationTemplate CompileFetch(string path, OperationOptions options)
    {
        if (options.Kind is { } kind and not SourceOperationKind.Fetch)
            errors.Add($"{path}:Kind", $"A fetch cannot be of kind {kind}.", "Leave the kind out.");

        var operation = Compile(path, SourceOperationKind.Fetch, options);
        foreach (var variable in operation.Uses)
        {
            if (variable is not TemplateVariables.RemoteAttributes and not TemplateVariables.CachedValues)
                CheckTypeVariable(path, variable);
        }

        return operation;
    }

    public OperationTemplate? CompileCommit(string path, OperationOptions? options, ImmutableArray<string> variables)
    {
        if (options is null)
            return null;
        if (options.Kind is null or SourceOperationKind.Fetch)
            errors.Add($"{path}:Kind", "The operation does not say what it does.", "Write Add, Modify or Delete.");

        var operation = Compile(path, options.Kind ?? SourceOperationKind.Modify, options);
        foreach (var variable in operation.Uses.Where(name => name != TemplateVariables.RemoteAttributes && !variables.Contains(name)))
            errors.Add(path, $"The operation reads '{variable}', which is unknown here.", $"Use {string.Join(", ", variables)}.");
        return operation;
    }

    private OperationTemplate Compile(string path, SourceOperationKind kind, OperationOptions options) => new(
        kind,
        errors.Compile($"{path}:Query", options.Query),
        [
            .. options.Variables
                .OrderBy(variable => variable.Key, StringComparer.Ordinal)
                .Select(variable => KeyValuePair.Create(variable.Key, errors.Compile($"{path}:Variables:{variable.Key}", variable.Value))),
        ]);

    private void CheckTypeVariable(string path, string variable)
    {
        var owner = typeNames.IndexOf(VariableNames.Owner(variable, typeNames));
        if (owner < 0)
        {
            var known = typeNames.Take(typeIndex).Select(name => $", {name}, {name}{TemplateVariables.KeysSuffix}");
            errors.Add(
                path,
                $"The fetch reads '{variable}', which is unknown here.",
                $"Use {TemplateVariables.RemoteAttributes}, {TemplateVariables.CachedValues}{string.Concat(known)}.");
        }
        else if (owner >= typeIndex)
        {
            errors.Warn(
                path,
                $"The fetch of {typeNames[typeIndex]} reads '{variable}', which is not fetched before it: it will be empty.",
                $"Declare {typeNames[owner]} before {typeNames[typeIndex]}.");
        }
    }
}
