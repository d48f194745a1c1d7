using Hermes.Abstractions;
using Hermes.ServerRuntime.State;

namespace Hermes.Testing.State;

/// <summary>
/// A server state in memory. The object is what a disk is to a real one: give the same object to the next server, and it goes on where the
/// last one ended.
/// </summary>
public sealed class InMemoryServerState : IServerStateStore
{
    private readonly Lock _lock = new();
    private Stored _stored = new();
    private bool _isOpen;

    /// <summary>The events that wait in the outbox, as last committed.</summary>
    public IReadOnlyList<OutboxEvent> Outbox => [.. _stored.Outbox.Values];

    /// <summary>The write-backs that were stored and are not done.</summary>
    public IReadOnlyList<DueWriteBack> WriteBacks => [.. _stored.WriteBacks.Select(item => item.WriteBack)];

    /// <summary>What the last commit said about the state as a whole, or null.</summary>
    public ServerStateHeader? Header => _stored.Header;

    /// <summary>The contents of the cached entries of a type, encoded, in the order in which they came.</summary>
    public IReadOnlyList<byte[]> ContentsOf(string type) =>
        _stored.Types.TryGetValue(type, out var rows) ? [.. rows.Values.Select(row => row.Content)] : [];

    /// <inheritdoc/>
    public IServerState Open()
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                throw new ServerStateException(
                    "The server state in memory is in use by another server. Stop that one, or give this server a state of its own.", FaultKind.Transient);
            }

            _isOpen = true;
            return new Session(this);
        }
    }

    private void Close()
    {
        lock (_lock)
            _isOpen = false;
    }

    /// <summary>What a disk would hold. Replaced as a whole by each commit.</summary>
    private sealed record Stored
    {
        public ServerStateHeader? Header { get; init; }

        public long LastSequence { get; init; }

        public Dictionary<string, SortedDictionary<long, StoredRow>> Types { get; init; } = new(StringComparer.Ordinal);

        public SortedDictionary<long, OutboxEvent> Outbox { get; init; } = [];

        public List<(long Sequence, DueWriteBack WriteBack)> WriteBacks { get; init; } = [];

        public Stored Copy() => this with
        {
            Types = Types.ToDictionary(type => type.Key, type => new SortedDictionary<long, StoredRow>(type.Value), StringComparer.Ordinal),
            Outbox = new SortedDictionary<long, OutboxEvent>(Outbox),
            WriteBacks = [.. WriteBacks],
        };
    }

    private sealed class Session(InMemoryServerState owner) : IServerState
    {
        private bool _isDrafting;

        public ServerStateHeader? Header => owner._stored.Header;

        public long LastSequence => owner._stored.LastSequence;

        public long OutboxLength => owner._stored.Outbox.Count;

        public IReadOnlyList<string> Types => [.. owner._stored.Types.Keys];

        public IEnumerable<StoredKey> ReadKeys(string type) =>
            ReadEntries(type).Select(entry => new StoredKey(entry.Id, entry.Row.KeyHash, entry.Row.Fingerprint));

        public byte[] ReadContent(string type, long id) =>
            owner._stored.Types.TryGetValue(type, out var rows) && rows.TryGetValue(id, out var row)
                ? row.Content
                : throw new ServerStateException($"The server state has no entry {id} of {type}.", FaultKind.Permanent);

        public IEnumerable<StoredEntry> ReadEntries(string type) =>
            owner._stored.Types.TryGetValue(type, out var rows) ? rows.Select(row => new StoredEntry(row.Key, row.Value)) : [];

        public IStateDraft BeginDraft(DateTimeOffset time)
        {
            if (_isDrafting)
                throw new InvalidOperationException("Another draft is open: commit or dispose it first.");
            _isDrafting = true;
            return new Draft(owner, time, () => _isDrafting = false);
        }

        public IEnumerable<OutboxEvent> ReadOutbox(long afterSequence) => owner._stored.Outbox.Where(item => item.Key > afterSequence).Select(item => item.Value);

        public void RemoveFromOutbox(long throughSequence)
        {
            var next = owner._stored.Copy();
            foreach (var sequence in owner._stored.Outbox.Keys.Where(sequence => sequence <= throughSequence))
                next.Outbox.Remove(sequence);
            owner._stored = next;
        }

        public void Erase()
        {
            // What was replaced is garbage already.
        }

        public IReadOnlyList<DueWriteBack> ReadDueWriteBacks(int limit)
        {
            var waiting = owner._stored.Outbox.Count == 0 ? long.MaxValue : owner._stored.Outbox.Keys.First();
            return [.. owner._stored.WriteBacks.Where(item => item.Sequence < waiting).Select(item => item.WriteBack).Take(limit)];
        }

        public void RemoveWriteBacks(IReadOnlyCollection<long> numbers)
        {
            var next = owner._stored.Copy();
            next.WriteBacks.RemoveAll(item => numbers.Contains(item.WriteBack.Number));
            owner._stored = next;
        }

        public void Dispose() => owner.Close();
    }

    private sealed class Draft(InMemoryServerState owner, DateTimeOffset time, Action end) : IStateDraft
    {
        private readonly List<Change> _changes = [];
        private readonly List<(string Type, byte[] Body)> _typeWriteBacks = [];
        private readonly HashSet<string> _dropped = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _lastIds =
            owner._stored.Types.ToDictionary(type => type.Key, type => type.Value.Keys.LastOrDefault(), StringComparer.Ordinal);

        private bool _ended;

        public long Insert(string type, in StoredRow row, StagedEvent? staged)
        {
            var id = _lastIds[type] = _lastIds.GetValueOrDefault(type) + 1;
            _changes.Add(new Change(type, id, row, staged));
            return id;
        }

        public void Update(string type, long id, in StoredRow row, StagedEvent? staged) => _changes.Add(new Change(type, id, row, staged));

        public void Delete(string type, long id, StagedEvent? staged) => _changes.Add(new Change(type, id, null, staged));

        public void Withdraw(string type, long id) => _changes.RemoveAll(change => change.Type == type && change.Id == id);

        public void DropType(string type) => _dropped.Add(type);

        public void Append(StagedEvent staged) => _changes.Add(new Change(null, 0, null, staged));

        public void AppendWriteBack(string type, byte[] writeBack) => _typeWriteBacks.Add((type, writeBack));

        public IReadOnlyDictionary<long, long> Commit(ServerStateHeader header)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            var next = owner._stored.Copy();
            StoreEntries(next);
            foreach (var type in _dropped)
                next.Types.Remove(type);
            var tags = StoreEvents(next, out var lastSequence);
            owner._stored = next with { Header = header, LastSequence = lastSequence };
            Dispose();
            return tags;
        }

        public void Dispose()
        {
            if (_ended)
                return;
            _ended = true;
            end();
        }

        private void StoreEntries(Stored next)
        {
            foreach (var change in _changes.Where(change => change.Type is not null))
            {
                if (!next.Types.TryGetValue(change.Type!, out var rows))
                    next.Types.Add(change.Type!, rows = []);
                if (change.Row is { } row)
                    rows[change.Id] = row;
                else
                    rows.Remove(change.Id);
            }
        }

        private Dictionary<long, long> StoreEvents(Stored next, out long sequence)
        {
            sequence = next.LastSequence;
            var tags = new Dictionary<long, long>();
            var lastOfType = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var (type, _, _, staged) in _changes.Where(change => change.Staged is not null).OrderBy(change => change.Staged!.Order))
            {
                sequence++;
                next.Outbox.Add(sequence, new OutboxEvent(sequence, staged!.Category, staged.Kind, time, staged.Body));
                if (staged.Tag > 0)
                    tags[staged.Tag] = sequence;
                if (staged.WriteBack is { } body)
                    next.WriteBacks.Add((sequence, new DueWriteBack(NextNumber(next), body)));
                if (type is not null)
                    lastOfType[type] = sequence;
            }

            foreach (var (type, body) in _typeWriteBacks)
            {
                if (lastOfType.TryGetValue(type, out var last))
                    next.WriteBacks.Add((last, new DueWriteBack(NextNumber(next), body)));
            }

            next.WriteBacks.Sort((a, b) => (a.Sequence, a.WriteBack.Number).CompareTo((b.Sequence, b.WriteBack.Number)));
            return tags;
        }

        private static long NextNumber(Stored stored) => stored.WriteBacks.Select(item => item.WriteBack.Number).DefaultIfEmpty(0).Max() + 1;

        private sealed record Change(string? Type, long Id, StoredRow? Row, StagedEvent? Staged);
    }
}
