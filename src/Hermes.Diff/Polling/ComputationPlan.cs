using Hermes.Abstractions.Templates;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>
/// Decides which types are streamed. A type is if it has one source without merge constraints, no template needs its entries or the list of
/// its keys, and its integrity constraints ask only whether keys are among those of types that are declared before it and streamed: those
/// are final by then.
/// </summary>
internal static class ComputationPlan
{
    /// <summary>Per type whether it is streamed.</summary>
    public static bool[] Streamed(ServerModel model)
    {
        var names = model.Types.Select(type => type.Name).ToList();
        var streamed = new bool[names.Count];
        foreach (var type in model.Types)
        {
            streamed[type.Index] =
                type.Sources is [{ MergeConstraints.IsEmpty: true }]
                && !Readers(model, type).Any(template => NeedsEntries(template, type.Name))
                && type.IntegrityConstraints.All(template => template.Variables.All(variable => IsFinal(variable, type)));
        }

        return streamed;

        bool IsFinal(string variable, DataType type) =>
            variable == TemplateVariables.Self
            || (names.IndexOf(VariableNames.Owner(variable, names)) is var owner && owner < type.Index && streamed[owner]);
    }

    /// <summary>The templates that may read a type.</summary>
    private static IEnumerable<ITemplate> Readers(ServerModel model, DataType type) =>
        model.Types.SelectMany(reader => reader.IntegrityConstraints)
            .Concat(model.Types.Skip(type.Index + 1).SelectMany(reader => reader.Sources).SelectMany(source => source.Fetch.Templates));

    // The keys of a streamed type are known by their hashes only, which is enough to tell whether one is among them.
    private static bool NeedsEntries(ITemplate template, string type) =>
        template.Variables.Contains(type) || !template.AsksOnlyWhatIsIn(type + TemplateVariables.KeysSuffix);
}
