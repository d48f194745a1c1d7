using Hermes.ClientRuntime.References;

namespace Hermes.ClientRuntime.State;

/// <summary>
/// What is held in memory of a state that is open: the entries of the events in work, and what was changed since the last write. All that
/// the client reads and writes goes through here, so memory and state never disagree. Used by one at a time.
/// </summary>
internal sealed class WorkingSet
{
    private const int MostChanges = 100;

    private readonly Dictionary<EntryAddress, StoredEntry> _entries = new(new AddressComparer());
    private readonly List<EntryAddress> _wanted = [];
    private readonly List<TableEntry> _changed = new(MostChanges);
    private readonly List<QueueChange> _queue = [];
    private readonly List<DeadLetter> _deadLetters = [];
    private readonly List<ReferenceChange> _references = [];
    private readonly ClientChanges _changes;

    public WorkingSet(IClientState state)
    {
        State = state;
        _changes = new ClientChanges(_changed, _queue, _deadLetters) { References = _references };
    }

    /// <summary>The state. What is read from it directly lacks what was not written yet.</summary>
    public IClientState State { get; }

    /// <summary>Watches what entries refer to. Set before anything is put.</summary>
    public ReferenceTracker References { get; set; } = new(ReferenceMap.Empty);

    /// <summary>Grows whenever what was taken in is forgotten.</summary>
    public int Generation { get; private set; }

    /// <summary>Takes in the entries of the events to come, in place of those of the events before.</summary>
    public async ValueTask LoadAsync(IEnumerable<EntryAddress> addresses, CancellationToken cancellationToken)
    {
        await ForgetAsync();
        foreach (var address in addresses)
        {
            if (_entries.TryAdd(address, new StoredEntry(address.Key, null, null)))
                _wanted.Add(address);
        }

        if (_wanted.Count == 0)
            return;
        foreach (var found in await State.FindAsync(_wanted, cancellationToken))
            _entries[found.Address] = found.Entry;
        _wanted.Clear();
    }

    /// <summary>Writes what was changed and forgets all entries.</summary>
    public async ValueTask ForgetAsync()
    {
        await WriteAsync();
        _entries.Clear();
        Generation++;
    }

    /// <summary>An entry that was taken in; gone (<see cref="StoredEntry.IsGone"/>) if it is not there.</summary>
    /// <exception cref="InvalidOperationException">It was not taken in.</exception>
    public StoredEntry Find(EntryTable table, Abstractions.Data.EntryKey key) => _entries.TryGetValue(new EntryAddress(table, key), out var entry)
        ? entry
        : throw new InvalidOperationException($"{table.Type}[{key}] was not taken into the working set.");

    /// <summary>An entry, from wherever it is.</summary>
    public async ValueTask<StoredEntry> FindAsync(EntryAddress address, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(address, out var known))
            return known;
        return await State.FindAsync([address], cancellationToken) is [var found] ? found.Entry : new StoredEntry(address.Key, null, null);
    }

    /// <summary>Entries of a type in the order of their keys, from wherever they are; gone if they are not there.</summary>
    public async ValueTask<IReadOnlyList<StoredEntry>> FindAllAsync(EntryTable table, IReadOnlyList<Abstractions.Data.EntryKey> keys, CancellationToken cancellationToken)
    {
        EntryAddress[] elsewhere = [.. keys.Select(key => new EntryAddress(table, key)).Where(address => !_entries.ContainsKey(address))];
        var found = elsewhere.Length == 0 ? [] : (await State.FindAsync(elsewhere, cancellationToken)).ToDictionary(one => one.Entry.Key, one => one.Entry);
        return [.. keys.Select(key => _entries.TryGetValue(new EntryAddress(table, key), out var known) ? known : found.GetValueOrDefault(key, new StoredEntry(key, null, null)))];
    }

    public void Put(EntryTable table, in StoredEntry entry)
    {
        var address = new EntryAddress(table, entry.Key);
        if (!References.Map.IsEmpty)
            References.Put(address, _entries.TryGetValue(address, out var known) ? known : null, entry);
        _entries[address] = entry;
        _changed.Add(new TableEntry(table, entry));
    }

    public void PutQueued(QueuedEvent queued) => _queue.Add(new QueueChange(queued.Number, queued));

    public void RemoveQueued(long number) => _queue.Add(new QueueChange(number, null));

    /// <summary>Changes a reference, whatever the entries say.</summary>
    public void PutReference(ReferenceChange change) => _references.Add(change);

    public void Add(DeadLetter letter) => _deadLetters.Add(letter);

    /// <summary>Events of the error queue as they are now.</summary>
    public async ValueTask<IReadOnlyList<QueuedEvent>> FindQueuedAsync(params IReadOnlyList<long> numbers)
    {
        if (_queue.Count > 0)
            await WriteAsync();
        return await State.FindQueuedAsync(numbers, CancellationToken.None);
    }

    /// <summary>Writes what was changed if it is much.</summary>
    public ValueTask WriteIfMuchAsync() => _changed.Count + _queue.Count < MostChanges ? ValueTask.CompletedTask : WriteAsync();

    /// <summary>Writes what was changed, without a commit: whatever is read from the state from now on holds it.</summary>
    public async ValueTask WriteAsync()
    {
        if (_changed.Count == 0 && _queue.Count == 0 && _deadLetters.Count == 0 && _references.Count == 0)
            return;
        await References.WriteAsync(State, _references);
        await State.WriteAsync(_changes, CancellationToken.None);
        _changed.Clear();
        _queue.Clear();
        _deadLetters.Clear();
        _references.Clear();
    }

    /// <summary>Writes what was changed and commits.</summary>
    public async ValueTask CommitAsync(ClientProgress progress, ClientSetup? setup)
    {
        await WriteAsync();
        await State.CommitAsync(progress, setup, CancellationToken.None);
    }

    // Few types are in work at once: to hash their names for each look would cost more than it tells.
    private sealed class AddressComparer : IEqualityComparer<EntryAddress>
    {
        public bool Equals(EntryAddress x, EntryAddress y) =>
            x.Table.Side == y.Table.Side && x.Key.Equals(y.Key) && string.Equals(x.Table.Type, y.Table.Type, StringComparison.Ordinal);

        public int GetHashCode(EntryAddress obj) => (obj.Key.GetHashCode() * 2) + (int)obj.Table.Side;
    }
}
