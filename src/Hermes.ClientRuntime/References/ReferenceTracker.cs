using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.References;

/// <summary>
/// Watches which entries are written, so that the references which follow from them are written with them, in the same transaction, whoever changed them; and which entries
/// that others may refer to have come to the target, or left it.
/// </summary>
internal sealed class ReferenceTracker(ReferenceMap map)
{
    private readonly Dictionary<EntryAddress, Change> _changes = [];
    private Dictionary<EntryId, long> _moved = [];
    private Dictionary<StoredReference, long> _told = [];
    private long _now;

    public ReferenceMap Map => map;

    /// <summary>How many references are pending.</summary>
    public long PendingCount { get; private set; }

    /// <summary>Whether entries have come or gone that others may refer to. It may turn out with <see cref="WriteAsync"/> that none have.</summary>
    public bool IsAnyMoved => _moved.Count > 0 || (_changes.Count > 0 && _changes.Values.Any(change => change.Before is null));

    /// <summary>Counts what was pending at the last commit.</summary>
    public async ValueTask BeginAsync(IClientState state)
    {
        if (!map.IsEmpty)
            PendingCount = await state.CountPendingReferencesAsync(CancellationToken.None);
    }

    /// <summary>
    /// The entries that came to the target or left it since this was asked last, with the moment; one that did both is among them too. And the moments at which the target was
    /// told of references that it had not.
    /// </summary>
    public (IReadOnlyDictionary<EntryId, long> Moved, IReadOnlyDictionary<StoredReference, long> Told) TakeMoved()
    {
        var (moved, told) = (_moved, _told);
        (_moved, _told) = ([], []);
        return (moved, told);
    }

    /// <summary>An entry is put in the place of another.</summary>
    /// <param name="address">Where.</param>
    /// <param name="known">What was there; null if that is not known.</param>
    /// <param name="entry">The entry.</param>
    public void Put(EntryAddress address, StoredEntry? known, in StoredEntry entry)
    {
        if (address.Table.Side != EntrySide.Local || !map.Concerns(address.Table.Type))
            return;
        _now++;
        if (known is { } before)
            Watch(address, before, entry, _now);
        _changes[address] = _changes.TryGetValue(address, out var change) ? change with { Now = entry } : new Change(known, entry, entry, _now);
    }

    /// <summary>What is to be written with the entries.</summary>
    public async ValueTask WriteAsync(IClientState state, List<ReferenceChange> references)
    {
        if (_changes.Count == 0)
            return;
        EntryAddress[] unknown = [.. _changes.Where(change => change.Value.Before is null).Select(change => change.Key)];
        var stored = unknown.Length == 0 ? [] : (await state.FindAsync(unknown, CancellationToken.None)).ToDictionary(found => found.Address, found => found.Entry);
        foreach (var (address, change) in _changes)
        {
            var before = change.Before ?? stored.GetValueOrDefault(address, new StoredEntry(address.Key, null, null));
            if (change.Before is null)
                Watch(address, before, change.First, change.At);
            var (rows, pending) = ReferenceRows.Between(address.Table.Type, map.Of(address.Table.Type), before, change.Now);
            references.AddRange(rows);
            PendingCount += pending;
        }

        _changes.Clear();
    }

    private void Watch(EntryAddress address, in StoredEntry before, in StoredEntry after, long at)
    {
        var id = new EntryId(address.Table.Type, address.Key);
        if (map.IsReferenced(id.Type) && HasMoved(before, after))
            _moved[id] = at;
        if (map.Of(id.Type) is not { IsEmpty: false } references || Equals(before.Applied, after.Applied))
            return;
        var was = ReferenceRows.Of(id, references, before.Applied).ToHashSet();
        foreach (var told in ReferenceRows.Of(id, references, after.Applied).Where(told => !was.Contains(told)))
            _told[told] = at;
    }

    // An object that was made anew has lost what referred to it.
    private static bool HasMoved(in StoredEntry before, in StoredEntry after)
    {
        var (was, isNow) = (before.Applied is { IsTrashed: false }, after.Applied is { IsTrashed: false });
        return was != isNow || (was && before.Link is not null && before.Link != after.Link);
    }

    // First: what was put first in the place of what is not known, and when.
    private readonly record struct Change(StoredEntry? Before, StoredEntry First, StoredEntry Now, long At);
}
