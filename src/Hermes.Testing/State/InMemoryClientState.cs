using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.Testing.State;

/// <summary>
/// The state of a client in memory. It lives as long as this object, so that a client can be stopped, or killed, and started again on it.
/// What was not committed is lost by a kill, as it is on a disk.
/// </summary>
public sealed class InMemoryClientState : IClientStateStore
{
    private readonly Dictionary<EntryTable, Table> _tables = [];
    private readonly SortedDictionary<long, QueuedEvent> _queue = [];
    private readonly SortedDictionary<long, DeadLetter> _deadLetters = [];
    private ClientProgress _progress = ClientProgress.None;
    private ClientSetup? _setup;
    private long _lastNumber;
    private Session? _open;
    private int _commits;

    /// <summary>How often something was committed.</summary>
    public int Commits => _commits;

    /// <inheritdoc/>
    public IClientState Open()
    {
        if (_open is not null)
            throw new ClientStateException("The client state in memory is in use by another client.", FaultKind.Transient);
        return _open = new Session(this);
    }

    /// <summary>
    /// Does to the state what the death of its process does: everything since the last commit is lost, and the client that has it open
    /// can do nothing more with it.
    /// </summary>
    public void Kill()
    {
        _open?.Dispose();
    }

    private sealed class Table
    {
        public SortedDictionary<long, StoredEntry> Entries { get; } = [];

        public Dictionary<EntryKey, long> Numbers { get; } = [];
    }

    private sealed class Session(InMemoryClientState owner) : IClientState
    {
        private readonly Lock _gate = new();
        private readonly Stack<Action> _undo = new();
        private bool _isClosed;

        public ClientProgress Progress
        {
            get => Checked(() => owner._progress);
            set => Change(() => owner._progress, before => owner._progress = before, () => owner._progress = value);
        }

        public ClientSetup? Setup
        {
            get => Checked(() => owner._setup);
            set => Change(() => owner._setup, before => owner._setup = before, () => owner._setup = value);
        }

        public IReadOnlyList<EntryTable> Tables => Checked(() => owner._tables.Keys.ToArray());

        public long DeadLetterCount => Checked(() => owner._deadLetters.Count);

        public StoredEntry Find(EntryTable table, EntryKey key) => Checked(() => Get(table, key));

        public void Put(EntryTable table, in StoredEntry entry)
        {
            var after = entry;
            Change(() => Place(table, after.Key), before => Set(table, after.Key, before.Number, before.Entry), () =>
            {
                var number = Place(table, after.Key).Number;
                Set(table, after.Key, number > 0 ? number : ++owner._lastNumber, after);
            });
        }

        public IReadOnlyList<NumberedEntry> Read(EntryTable table, EntryScope scope, long after, int limit) => Checked(() =>
            (owner._tables.TryGetValue(table, out var rows) ? rows.Entries : [])
                .SkipWhile(row => row.Key <= after)
                .Where(row => scope == EntryScope.All || row.Value.Expected is { IsTrashed: true })
                .Take(limit)
                .Select(row => new NumberedEntry(row.Key, row.Value))
                .ToArray());

        public EntryCount Count(EntryTable table) => Checked(() =>
        {
            var rows = owner._tables.TryGetValue(table, out var known) ? known.Entries.Values.AsEnumerable() : [];
            return new EntryCount(rows.Count(row => row.Expected is { IsTrashed: false }), rows.Count(row => row.Expected is { IsTrashed: true }));
        });

        public IReadOnlyList<QueuedEvent> ReadQueue(long after, int limit) =>
            Checked(() => owner._queue.Values.SkipWhile(queued => queued.Number <= after).Take(limit).ToArray());

        public QueuedEvent? FindQueued(long number) => Checked(() => owner._queue.GetValueOrDefault(number));

        public void PutQueued(QueuedEvent queued) => Change(
            () => owner._queue.GetValueOrDefault(queued.Number),
            before => Restore(owner._queue, queued.Number, before),
            () => owner._queue[queued.Number] = queued);

        public void RemoveQueued(long number) => Change(
            () => owner._queue.GetValueOrDefault(number),
            before => Restore(owner._queue, number, before),
            () => owner._queue.Remove(number));

        public void AddDeadLetter(DeadLetter letter) => Change(
            () => owner._deadLetters.GetValueOrDefault(letter.Offset.Value),
            before => Restore(owner._deadLetters, letter.Offset.Value, before),
            () => owner._deadLetters[letter.Offset.Value] = letter with { Body = letter.Body.ToArray() });

        public IReadOnlyList<DeadLetter> ReadDeadLetters(long afterOffset, int limit) =>
            Checked(() => owner._deadLetters.Values.Where(letter => letter.Offset.Value > afterOffset).Take(limit).ToArray());

        public void Commit() => Checked(() =>
        {
            if (_undo.Count > 0)
                owner._commits++;
            _undo.Clear();
            return true;
        });

        public void Dispose()
        {
            lock (_gate)
            {
                if (_isClosed)
                    return;
                Undo();
                _isClosed = true;
                owner._open = null;
            }
        }

        private static void Restore<T>(SortedDictionary<long, T> rows, long key, T? before)
            where T : class
        {
            if (before is null)
                rows.Remove(key);
            else
                rows[key] = before;
        }

        private (long Number, StoredEntry Entry) Place(EntryTable table, EntryKey key) =>
            owner._tables.TryGetValue(table, out var rows) && rows.Numbers.TryGetValue(key, out var number)
                ? (number, rows.Entries[number])
                : (0, new StoredEntry(key, null, null));

        private StoredEntry Get(EntryTable table, EntryKey key) => Place(table, key).Entry;

        private void Set(EntryTable table, EntryKey key, long number, in StoredEntry entry)
        {
            if (!owner._tables.TryGetValue(table, out var rows))
                owner._tables[table] = rows = new Table();
            if (rows.Numbers.TryGetValue(key, out var old))
                rows.Entries.Remove(old);
            if (entry.IsGone)
            {
                rows.Numbers.Remove(key);
                return;
            }

            rows.Numbers[key] = number;
            rows.Entries[number] = entry;
        }

        private void Undo()
        {
            while (_undo.TryPop(out var undo))
                undo();
        }

        private void Change<T>(Func<T> read, Action<T> restore, Action apply) => Checked(() =>
        {
            var before = read();
            _undo.Push(() => restore(before));
            apply();
            return true;
        });

        // A kill comes from another thread, and what the dead client still does must change nothing.
        private T Checked<T>(Func<T> work)
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                return work();
            }
        }
    }
}
