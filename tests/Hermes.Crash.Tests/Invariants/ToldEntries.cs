using Hermes.Abstractions.Data;
using Hermes.Crash.Host.Client;
using Hermes.Events;
using Hermes.Events.Schema;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>The entries that the events of the bus add up to. An event that does not fit is a violation.</summary>
internal sealed class ToldEntries
{
    private readonly Dictionary<EntryName, Entry> _entries = [];
    private readonly HashSet<EntryName> _withChildren = [];

    public IReadOnlyDictionary<EntryName, Entry> All => _entries;

    public void Add(EntryName name, Entry entry, EventStamp stamp)
    {
        if (!_entries.TryAdd(name, entry))
            throw new ViolationException("Confirmed once", $"{stamp.Id} adds {name}, which was there.");
        foreach (var parent in name.Parents())
        {
            if (!_entries.ContainsKey(parent))
                throw new ViolationException("Ordered", $"{stamp.Id} adds {name} before its parent {parent}.");
            _withChildren.Add(parent);
        }
    }

    public void Modify(EntryName name, AttributeChanges changes, DataSchema schema, EventStamp stamp)
    {
        if (!_entries.TryGetValue(name, out var before))
            throw new ViolationException("Ordered", $"{stamp.Id} modifies {name}, which is not there.");

        // An attribute that the schema no longer has may leave although it was not told: it was in the cache.
        var isNew = !changes.IsEmpty
            && changes.Added.Keys.All(attribute => !before.ContainsKey(attribute))
            && changes.Modified.All(attribute => before.TryGetValue(attribute.Key, out var value) && value != attribute.Value)
            && changes.Removed.All(attribute => before.ContainsKey(attribute) || !Has(schema, name.Type, attribute));
        var after = changes.ApplyTo(before);
        if (!isNew || Stamp(after) < Stamp(before))
            throw new ViolationException("Confirmed once", $"{stamp.Id} brings {name} what it had, or something older.");
        _entries[name] = after;
    }

    public void Remove(EntryName name, EventStamp stamp)
    {
        if (!_entries.Remove(name))
            throw new ViolationException("Confirmed once", $"{stamp.Id} removes {name}, which is not there.");
        if (_withChildren.Contains(name) && _entries.Keys.FirstOrDefault(child => child.Parents().Contains(name)) is { Type: not null } child)
            throw new ViolationException("Ordered", $"{stamp.Id} removes {name} before its child {child}.");
    }

    /// <summary>What differs, as far as the schema has it; null if nothing does.</summary>
    public string? DifferenceTo(ToldEntries other, DataSchema schema)
    {
        foreach (var (name, entry) in _entries)
        {
            var known = Entry.Create(entry.Where(attribute => Has(schema, name.Type, attribute.Key)));
            if (!other._entries.TryGetValue(name, out var told) || !told.Equals(known))
                return $"{name} is {(told is null ? "missing" : JournalTarget.Text(told))} and not {JournalTarget.Text(known)}.";
        }

        return other._entries.Keys.FirstOrDefault(name => !_entries.ContainsKey(name)) is { Type: not null } more ? $"{more} is not there." : null;
    }

    private static long Stamp(Entry entry) => entry.Get("stamp").AsInteger();

    private static bool Has(DataSchema schema, string type, string attribute) =>
        schema.TryGetType(type, out var known) && known.Attributes.Contains(attribute);
}
