using System.Collections.Frozen;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Targets;

/// <summary>The attributes of each type that are written when an object is made, and never again. Pure.</summary>
internal sealed class CreateOnly(IEnumerable<KeyValuePair<string, FrozenSet<string>>> attributes)
{
    private readonly FrozenDictionary<string, FrozenSet<string>> _attributes =
        attributes.Where(type => type.Value.Count > 0).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A change as it is told: for the target, such an attribute stays as it was. Null if nothing else changes.</summary>
    public TargetChange? Of(TargetChange change)
    {
        if (change is EntryRecycled recycled && _attributes.TryGetValue(change.Type, out var made))
            return recycled with { Becomes = Kept(recycled.Becomes, recycled.Entry, made) };
        if (change is not EntryModified modified || !_attributes.TryGetValue(change.Type, out var kept) || !kept.Any(modified.Changes.Touches))
            return change;
        var changes = new AttributeChanges(
            Without(modified.Changes.Added, kept), Without(modified.Changes.Modified, kept), [.. modified.Changes.Removed.Where(name => !kept.Contains(name))]);
        return changes.IsEmpty ? null : modified with { Entry = Kept(modified.Entry, modified.Previous, kept), Changes = changes };
    }

    private static Entry Kept(Entry entry, Entry previous, FrozenSet<string> kept) =>
        Entry.Create(entry.Where(attribute => !kept.Contains(attribute.Key)).Concat(previous.Where(attribute => kept.Contains(attribute.Key))));

    private static Entry Without(Entry entry, FrozenSet<string> names) => Entry.Create(entry.Where(attribute => !names.Contains(attribute.Key)));
}
