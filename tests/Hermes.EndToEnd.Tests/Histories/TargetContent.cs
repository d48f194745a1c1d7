using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>What a target has: entries, live or in the trashbin.</summary>
internal sealed class TargetContent
{
    private readonly Dictionary<(string Type, EntryKey Key), Entry> _live = [];
    private readonly Dictionary<(string Type, EntryKey Key), Entry> _trashed = [];

    public IReadOnlyDictionary<(string Type, EntryKey Key), Entry> Live => _live;

    public IReadOnlyDictionary<(string Type, EntryKey Key), Entry> Trashed => _trashed;

    /// <summary>The pins of rooms: they come with the changes that carry them, and stay until another does.</summary>
    public Dictionary<(string Type, EntryKey Key), Value> Pins { get; } = [];

    /// <summary>Everything that was ever there.</summary>
    public HashSet<(string Type, EntryKey Key)> Known { get; } = [];

    public void TakeOver(TargetChange change)
    {
        var id = (change.Type, change.Key);
        Known.Add(id);
        _live.Remove(id);
        _trashed.Remove(id);
        switch (change)
        {
            case EntryAdded added: _live[id] = SecretWatch.Public(added.Entry); break;
            case EntryRecycled recycled: _live[id] = recycled.Entry; break;
            case EntryModified modified: _live[id] = SecretWatch.Public(modified.Entry); break;
            case EntryTrashed trashed: _trashed[id] = trashed.Entry; break;
        }

        TakeOverPin(id, change);
    }

    private void TakeOverPin((string Type, EntryKey Key) id, TargetChange change)
    {
        var pin = change switch
        {
            EntryAdded added => added.Entry.Get(SecretWatch.Attribute),
            EntryModified { Changes: var changes } when changes.Added.ContainsKey(SecretWatch.Attribute) => changes.Added[SecretWatch.Attribute],
            EntryModified { Changes: var changes } when changes.Modified.ContainsKey(SecretWatch.Attribute) => changes.Modified[SecretWatch.Attribute],
            EntryModified { Changes: var changes } when changes.Removed.Contains(SecretWatch.Attribute) => Value.Null,
            EntryRemoved => Value.Null,
            _ => Pins.GetValueOrDefault(id),
        };
        if (pin.IsSet)
            Pins[id] = pin;
        else
            Pins.Remove(id);
    }
}
