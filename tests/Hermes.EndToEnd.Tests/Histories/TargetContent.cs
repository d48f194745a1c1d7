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
            case EntryAdded added: _live[id] = added.Entry; break;
            case EntryRecycled recycled: _live[id] = recycled.Entry; break;
            case EntryModified modified: _live[id] = modified.Entry; break;
            case EntryTrashed trashed: _trashed[id] = trashed.Entry; break;
        }
    }
}
