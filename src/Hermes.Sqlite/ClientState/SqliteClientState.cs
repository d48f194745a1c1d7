using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Files;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>
/// The state of a client in an open SQLite file. A transaction is begun by the first write after a commit. Many entries are written on a thread of
/// its own, while the client goes on; everything else completes at once.
/// </summary>
internal sealed class SqliteClientState : IClientState
{
    private readonly SqliteConnection _connection;
    private readonly PageCheck _check;
    private readonly IDisposable _hold;
    private readonly StateTransaction _transaction;
    private readonly StateTerm _term;
    private readonly EntryRows _entries;
    private readonly QueueRows _queue;
    private readonly DeadLetterRows _deadLetters;
    private readonly ReferenceRows _references;
    private readonly ProgressRows _progress;

    private readonly CallJournalFile _calls;
    private long _journal;
    private bool _isJournalOver;

    public SqliteClientState(SqliteConnection connection, ISecretProtector protector, PageCheck check, IDisposable hold)
    {
        (_connection, _check) = (connection, check);
        _hold = hold;
        _term = new StateTerm(connection);
        _transaction = new StateTransaction(connection);
        _entries = new EntryRows(connection);
        _queue = new QueueRows(connection, protector);
        _deadLetters = new DeadLetterRows(connection, protector);
        _references = new ReferenceRows(connection);
        _progress = new ProgressRows(connection);
        Progress = _progress.Read();
        Setup = SetupRow.Read(connection);
        var (journal, last) = _progress.ReadJournals();
        _journal = journal;
        _calls = new CallJournalFile(connection.DataSource + ".calls", journal, last, protector);
        JournalFinding = _calls.JournalFinding;
    }

    public long Term => _term.Number;

    public CancellationToken Lost => _term.Lost;

    public ClientProgress Progress { get; private set; }

    public ClientSetup? Setup { get; private set; }

    public IReadOnlyList<JournaledCall> Journal => _calls.Found;

    public JournalFinding JournalFinding { get; private set; }

    public void Append(JournaledCall call) => _calls.Append(call);

    public void ForgetJournal() => _isJournalOver = true;

    public ValueTask<IReadOnlyList<TableEntry>> FindAsync(IReadOnlyList<EntryAddress> wanted, CancellationToken cancellationToken) =>
        ReadAsync(() => _entries.Find(wanted), cancellationToken);

    public ValueTask<IReadOnlyList<LinkedEntry>> FindLinkedAsync(IReadOnlyList<string> links, CancellationToken cancellationToken) =>
        ReadAsync(() => _entries.FindLinked(links), cancellationToken);

    public ValueTask<IReadOnlyList<EntryTable>> ReadTablesAsync(CancellationToken cancellationToken) => ReadAsync(() => _entries.Tables, cancellationToken);

    public ValueTask<IReadOnlyList<NumberedEntry>> ReadAsync(
        EntryTable table, EntryScope scope, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(() => _entries.Read(table, scope, after, limit), cancellationToken);

    public ValueTask<EntryCount> CountAsync(EntryTable table, CancellationToken cancellationToken) => ReadAsync(() => _entries.Count(table), cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> ReadQueueAsync(long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(() => _queue.Read(after, limit), cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> FindQueuedAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
        ReadAsync(() => _queue.Find(numbers), cancellationToken);

    public ValueTask<QueueStretch> FindInQueueAsync(QueueFilter filter, long after, int limit, int most, CancellationToken cancellationToken) =>
        ReadAsync(() => _queue.Find(filter, after, limit, most), cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(long afterOffset, int limit, CancellationToken cancellationToken) =>
        ReadAsync(() => _deadLetters.Read(afterOffset, limit), cancellationToken);

    public ValueTask<long> CountDeadLettersAsync(CancellationToken cancellationToken) => ReadAsync(() => _deadLetters.Count(), cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadReferencesToAsync(EntryId to, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(() => _references.ReadTo(to, after, limit), cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadPendingReferencesAsync(long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(() => _references.ReadPending(after, limit), cancellationToken);

    public ValueTask<long> CountPendingReferencesAsync(CancellationToken cancellationToken) => ReadAsync(() => _references.CountPending(), cancellationToken);

    public ValueTask WriteAsync(ClientChanges changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _transaction.Begin();
        _entries.Write(changes.Entries);
        if (changes.Queue.Count == 0 && changes.DeadLetters.Count == 0 && changes.References.Count == 0)
            return ValueTask.CompletedTask;
        _entries.Finish();
        foreach (var change in changes.Queue)
            _queue.Write(change);
        foreach (var letter in changes.DeadLetters)
            _deadLetters.Add(letter);
        foreach (var reference in changes.References)
            _references.Write(reference);
        return ValueTask.CompletedTask;
    }

    public async ValueTask VerifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _check.Passed.WaitAsync(cancellationToken);
        }
        catch (SqliteFileException exception)
        {
            throw new ClientStateException(exception.Message, exception.Fault, exception);
        }
    }

    public ValueTask CommitAsync(ClientProgress progress, ClientSetup? setup, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_check.Passed.IsCompletedSuccessfully)
            return CommitVerifiedAsync(progress, setup, cancellationToken);
        Commit(progress, setup);
        return ValueTask.CompletedTask;
    }

    // Damage is found before anything is built on it.
    private async ValueTask CommitVerifiedAsync(ClientProgress progress, ClientSetup? setup, CancellationToken cancellationToken)
    {
        await VerifyAsync(cancellationToken);
        Commit(progress, setup);
    }

    private void Commit(ClientProgress progress, ClientSetup? setup)
    {
        _entries.Finish();
        _transaction.Begin();
        if (!_term.IsLast)
        {
            _transaction.Rollback();
            _term.Lose();
            throw ClientStateException.TakenOver($"the state {_connection.DataSource}");
        }

        var journal = _isJournalOver ? Random.Shared.NextInt64(1, long.MaxValue) : _journal;
        _progress.Write(progress, Progress, journal, _journal);
        if (setup is not null)
            SetupRow.Write(_connection, setup);
        _transaction.Commit();
        if (_isJournalOver)
            _calls.Begin(journal);
        (_journal, _isJournalOver, JournalFinding) = (journal, false, JournalFinding.Whole);
        (Progress, Setup) = (progress, setup ?? Setup);
    }

    public async ValueTask DisposeAsync()
    {
        await _check.DisposeAsync();
        _entries.Dispose();
        _transaction.Dispose();
        _term.Dispose();
        _queue.Dispose();
        _deadLetters.Dispose();
        _references.Dispose();
        _progress.Dispose();
        _calls.Dispose();
        _connection.Dispose();
        _hold.Dispose();
    }

    // Entries are written behind: nothing else is done with the file meanwhile.
    private ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _entries.Finish();
        return ValueTask.FromResult(read());
    }
}

/// <summary>The open transaction of a state, if there is one.</summary>
internal sealed class StateTransaction(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = new(connection, "COMMIT");
    private readonly SqliteStatement _rollback = new(connection, "ROLLBACK");
    private bool _isOpen;

    public void Begin()
    {
        if (_isOpen)
            return;
        _begin.Run();
        _isOpen = true;
    }

    public void Commit()
    {
        if (!_isOpen)
            return;
        _commit.Run();
        _isOpen = false;
    }

    /// <summary>Takes everything back that was written since the last commit.</summary>
    public void Rollback()
    {
        if (!_isOpen)
            return;
        _rollback.Run();
        _isOpen = false;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }
}
