using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.ServerRuntime.WriteBack;

/// <summary>
/// Works out, while a poll runs, what to write back when its events are on the bus. Secret values are kept from it, since plans are stored.
/// </summary>
internal static class WriteBackPlanner
{
    /// <summary>Whether any source of a type asks for a write-back per entry.</summary>
    public static bool WantsOne(DataType type) => type.Sources.Any(source => source.CommitOne is not null);

    /// <summary>What to write back after the event of an entry, or null.</summary>
    public static byte[]? PlanOne(DataType type, Entry cached, Entry fetched)
    {
        var shown = WithoutSensitive(type, fetched);
        return Plan(type, source => source.CommitOne, name => name switch
        {
            TemplateVariables.ItemCachedValues => Value.From(new EntryObject("the cached entry", cached, type.Has)),
            TemplateVariables.ItemFetchedValues => Value.From(new EntryObject("the fetched entry", shown, type.Has)),
            _ => Value.Undefined,
        });
    }

    /// <summary>What to write back after all events of a type, or null.</summary>
    public static byte[]? PlanAll(DataType type, Func<IEnumerable<Entry>> cached, Func<IEnumerable<Entry>> fetched) =>
        Plan(type, source => source.CommitAll, name => name switch
        {
            TemplateVariables.CachedValues => ListOf(type, $"the cached entries of {type.Name}", cached),
            TemplateVariables.FetchedValues => ListOf(type, $"the fetched entries of {type.Name}", fetched),
            _ => Value.Undefined,
        });

    private static Value ListOf(DataType type, string description, Func<IEnumerable<Entry>> entries) =>
        Value.From(new EntriesObject(description, () => entries().Count(), entries));

    private static byte[]? Plan(DataType type, Func<TypeSource, OperationTemplate?> template, Func<string, Value> variable)
    {
        var planned = type.Sources
            .Where(source => template(source) is not null)
            .Select(source => new PlannedWriteBack(type.Name, source.DataSource, template(source)!.Evaluate(source, variable)))
            .ToList();
        return planned.Count == 0 ? null : PlannedWriteBack.Encode(planned);
    }

    private static Entry WithoutSensitive(DataType type, Entry entry)
    {
        var sensitive = type.Attributes.Where(attribute => attribute.IsSensitive).Select(attribute => attribute.Name).ToHashSet();
        return sensitive.Count == 0 ? entry : Entry.Create(entry.Where(attribute => !sensitive.Contains(attribute.Key)));
    }
}
