using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.References;

/// <summary>What follows from the views of an entry for its references: one is pending if the entry is live in both, and only the expected one has it. Pure.</summary>
internal static class ReferenceRows
{
    /// <summary>What changes when an entry becomes another, and how many more references are pending then.</summary>
    public static (IReadOnlyList<ReferenceChange> Changes, int Pending) Between(
        string type, ImmutableSortedDictionary<string, TargetReference> references, in StoredEntry before, in StoredEntry after)
    {
        if (references.IsEmpty || (Equals(before.Applied, after.Applied) && Equals(before.Expected, after.Expected)))
            return ([], 0);
        var (was, now) = (Of(type, references, before), Of(type, references, after));
        ReferenceChange[] changes =
        [
            .. was.Keys.Where(reference => !now.ContainsKey(reference)).Select(reference => new ReferenceChange(reference, null)),
            .. now.Where(row => !was.TryGetValue(row.Key, out var known) || known != row.Value).Select(row => new ReferenceChange(row.Key, row.Value)),
        ];
        return (changes, now.Values.Count(isPending => isPending) - was.Values.Count(isPending => isPending));
    }

    /// <summary>All references of an entry, and whether each is pending.</summary>
    public static IReadOnlyDictionary<StoredReference, bool> Of(string type, ImmutableSortedDictionary<string, TargetReference> references, in StoredEntry entry)
    {
        var rows = new Dictionary<StoredReference, bool>();
        var isLive = entry is { Applied.IsTrashed: false, Expected.IsTrashed: false };
        foreach (var reference in Of(new EntryId(type, entry.Key), references, entry.Expected))
            rows[reference] = isLive;
        foreach (var reference in Of(new EntryId(type, entry.Key), references, entry.Applied))
            rows[reference] = false;
        return rows;
    }

    /// <summary>The references of an entry as a view has it.</summary>
    public static IEnumerable<StoredReference> Of(EntryId id, ImmutableSortedDictionary<string, TargetReference> references, EntryView? view) =>
        from pair in references
        from key in KeysOf(pair.Value, view, pair.Key)
        select new StoredReference(id, pair.Key, new EntryId(pair.Value.Type, key));

    /// <summary>An entry without some of what an attribute refers to; without the attribute, if nothing is left of it.</summary>
    public static Entry Without(Entry entry, string attribute, TargetReference reference, IReadOnlySet<EntryKey> keys)
    {
        var left = reference.KeysOf(entry.Get(attribute)).Where(key => !keys.Contains(key)).Select(key => key.ToValue()).ToArray();
        var others = entry.Where(pair => pair.Key != attribute);
        return Entry.Create(left.Length == 0 ? others : others.Append(new(attribute, reference.IsList ? ValueList.Create(left) : left[0])));
    }

    // What holds no keys refers to nothing: its change waits in the error queue, with the reason.
    private static IReadOnlyList<EntryKey> KeysOf(TargetReference reference, EntryView? view, string attribute)
    {
        if (view is null)
            return [];
        try
        {
            return reference.KeysOf(view.Entry.Get(attribute));
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
