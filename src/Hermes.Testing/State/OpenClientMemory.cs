using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.Testing.State;

/// <summary>A client state in memory as one client has it open.</summary>
internal sealed class OpenClientMemory(ClientMemory memory, long term) : IClientState
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Stack<Action> _undo = new();
    private readonly JournaledCall[] _found = [.. memory.Journal];
    private bool _isJournalOver;
    private bool _isClosed;
    private bool _isLost;

    public long Term => term;

    public CancellationToken Lost => _lost.Token;

    public ClientProgress Progress => Checked(() => memory.Progress);

    public ClientSetup? Setup => Checked(() => memory.Setup);

    public IReadOnlyList<JournaledCall> Journal => _found;

    public JournalFinding JournalFinding { get; private set; } = memory.JournalFinding;

    public void Append(JournaledCall call) => Checked(() =>
    {
        memory.Journal.Add(call);
        return true;
    });

    public void ForgetJournal() => _isJournalOver = true;

    public ValueTask<IReadOnlyList<TableEntry>> FindAsync(IReadOnlyList<EntryAddress> wanted, CancellationToken cancellationToken) => Read<TableEntry>(
        wanted.Select(address => new TableEntry(address.Table, memory.PlaceOf(address.Table, address.Key).Entry)).Where(found => !found.Entry.IsGone), cancellationToken);

    public ValueTask<IReadOnlyList<LinkedEntry>> FindLinkedAsync(IReadOnlyList<string> links, CancellationToken cancellationToken) =>
        Read(links.Select(memory.OwnerOf).OfType<LinkedEntry>(), cancellationToken);

    public ValueTask<IReadOnlyList<EntryTable>> ReadTablesAsync(CancellationToken cancellationToken) => Read(memory.Tables, cancellationToken);

    public ValueTask<IReadOnlyList<NumberedEntry>> ReadAsync(
        EntryTable table, EntryScope scope, long after, int limit, CancellationToken cancellationToken) => Read(
            memory.EntriesOf(table)
                .SkipWhile(row => row.Number <= after)
                .Where(row => scope == EntryScope.All || row.Entry.Expected is { IsTrashed: true })
                .Take(limit),
            cancellationToken);

    public ValueTask<EntryCount> CountAsync(EntryTable table, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Checked(() => new EntryCount(
            memory.EntriesOf(table).Count(row => row.Entry.Expected is { IsTrashed: false }), memory.EntriesOf(table).Count(row => row.Entry.Expected is { IsTrashed: true }))));
    }

    public ValueTask<IReadOnlyList<QueuedEvent>> ReadQueueAsync(long after, int limit, CancellationToken cancellationToken) =>
        Read(memory.Queue.Values.SkipWhile(queued => queued.Number <= after).Take(limit), cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> FindQueuedAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
        Read(numbers.Order().Select(number => memory.Queue.GetValueOrDefault(number)).OfType<QueuedEvent>(), cancellationToken);

    public ValueTask<QueueStretch> FindInQueueAsync(QueueFilter filter, long after, int limit, int most, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Checked(() =>
        {
            var (found, last, count) = (new List<long>(), after, 0);
            foreach (var queued in memory.Queue.Values.Where(queued => queued.Number > after && (filter.Group is not { } group || queued.Attempts.Cause?.Id == group)).Take(most))
            {
                if (found.Count == limit)
                    break;
                (last, count) = (queued.Number, count + 1);
                if (filter.Holds(queued.Attempts.Message, queued.Since))
                    found.Add(last);
            }

            return new QueueStretch(found, found.Count < limit && count < most ? null : last);
        }));
    }

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(long afterOffset, int limit, CancellationToken cancellationToken) =>
        Read(memory.DeadLetters.Values.Where(letter => letter.Offset.Value > afterOffset).Take(limit), cancellationToken);

    public ValueTask<long> CountDeadLettersAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Checked(() => (long)memory.DeadLetters.Count));
    }

    public ValueTask<IReadOnlyList<NumberedReference>> ReadReferencesToAsync(EntryId to, long after, int limit, CancellationToken cancellationToken) =>
        Read(memory.References.Values.Where(row => row.Number > after && row.Reference.To == to).Take(limit), cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadPendingReferencesAsync(long after, int limit, CancellationToken cancellationToken) =>
        Read(memory.References.Values.Where(row => row.Number > after && row.IsPending).Take(limit), cancellationToken);

    public ValueTask<long> CountPendingReferencesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Checked(() => (long)memory.References.Values.Count(row => row.IsPending)));
    }

    public ValueTask WriteAsync(ClientChanges changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Checked(() =>
        {
            foreach (var (table, entry) in changes.Entries)
            {
                var before = memory.PlaceOf(table, entry.Key);
                _undo.Push(() => memory.Set(table, before));
                memory.Put(table, entry);
            }

            foreach (var change in changes.Queue)
                Change(memory.Queue, change.Number, change.Event);
            foreach (var letter in changes.DeadLetters)
                Change(memory.DeadLetters, letter.Offset.Value, letter with { Body = letter.Body.ToArray() });
            foreach (var change in changes.References)
            {
                var (reference, place) = (change.Reference, memory.PlaceOf(change.Reference));
                _undo.Push(() => memory.Set(reference, place));
                memory.Put(change);
            }

            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync(ClientProgress progress, ClientSetup? setup, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Checked(() =>
        {
            (memory.Progress, memory.Setup) = (progress, setup ?? memory.Setup);
            if (_isJournalOver)
                memory.Journal.Clear();
            _isJournalOver = false;
            _undo.Clear();
            JournalFinding = memory.JournalFinding = JournalFinding.Whole;
            memory.CountCommit();
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes back what was not committed; nothing more can be done here.</summary>
    public void Close()
    {
        lock (_gate)
        {
            Undo();
            _isClosed = true;
        }

        memory.Leave(this);
    }

    /// <summary>Takes back what was not committed, and lets another take over.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            Undo();
            _isLost = true;
        }

        memory.Leave(this);
        _lost.Cancel();
    }

    private void Undo()
    {
        while (_undo.TryPop(out var undo))
            undo();
    }

    private void Change<T>(SortedDictionary<long, T> rows, long key, T? after)
        where T : class
    {
        var before = rows.GetValueOrDefault(key);
        _undo.Push(() => Set(before));
        Set(after);

        void Set(T? row)
        {
            if (row is null)
                rows.Remove(key);
            else
                rows[key] = row;
        }
    }

    private ValueTask<IReadOnlyList<T>> Read<T>(IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Checked<IReadOnlyList<T>>(() => [.. rows]));
    }

    // A kill comes from another thread, and what the dead client still does must change nothing.
    private T Checked<T>(Func<T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return _isLost ? throw ClientStateException.TakenOver("the client state in memory") : work();
        }
    }
}
