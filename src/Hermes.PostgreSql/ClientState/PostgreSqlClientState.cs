using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Files;
using Npgsql;

namespace Hermes.PostgreSql.ClientState;

/// <summary>The state of a client in a PostgreSQL schema. Each batch of writes, and each search for many entries, is one round trip.</summary>
internal sealed class PostgreSqlClientState : IClientState
{
    private readonly ClientSession _session;
    private readonly ClientRows _rows;
    private readonly CallJournalFile _calls;
    private readonly Func<ValueTask> _close;
    private readonly string _at;
    private long _journal;
    private bool _isJournalOver;

    /// <param name="session">The database.</param>
    /// <param name="rows">The tables.</param>
    /// <param name="found">What was found in them.</param>
    /// <param name="calls">The journal of calls.</param>
    /// <param name="close">Gives everything back.</param>
    public PostgreSqlClientState(ClientSession session, ClientRows rows, FoundClient found, CallJournalFile calls, Func<ValueTask> close)
    {
        (_session, _rows, _calls, _close, _at) = (session, rows, calls, close, session.Database.Quoted);
        (Progress, Setup, _journal, JournalFinding) = (found.Progress, found.Setup, found.Journal, calls.JournalFinding);
        Lost = session.Lease.Lost;
    }

    public long Term => _session.Lease.Term;

    public CancellationToken Lost { get; }

    public ClientProgress Progress { get; private set; }

    public ClientSetup? Setup { get; private set; }

    public IReadOnlyList<JournaledCall> Journal => _calls.Found;

    public JournalFinding JournalFinding { get; private set; }

    public void Append(JournaledCall call) => _calls.Append(call);

    public void ForgetJournal() => _isJournalOver = true;

    public ValueTask<IReadOnlyList<TableEntry>> FindAsync(IReadOnlyList<EntryAddress> wanted, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.Entries.FindAsync(connection, wanted), cancellationToken);

    public ValueTask<IReadOnlyList<LinkedEntry>> FindLinkedAsync(IReadOnlyList<string> links, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.Entries.FindLinkedAsync(connection, links), cancellationToken);

    public ValueTask<IReadOnlyList<EntryTable>> ReadTablesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_rows.Entries.Tables);
    }

    public ValueTask<IReadOnlyList<NumberedEntry>> ReadAsync(
        EntryTable table, EntryScope scope, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.Entries.ReadAsync(connection, table, scope, after, limit), cancellationToken);

    public ValueTask<EntryCount> CountAsync(EntryTable table, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.Entries.CountAsync(connection, table), cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> ReadQueueAsync(long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.Queue.ReadAsync(connection, after, limit), cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> FindQueuedAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.Queue.FindAsync(connection, numbers), cancellationToken);

    public ValueTask<QueueStretch> FindInQueueAsync(QueueFilter filter, long after, int limit, int most, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.Queue.FindAsync(connection, filter, after, limit, most), cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(long afterOffset, int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.DeadLetters.ReadAsync(connection, afterOffset, limit), cancellationToken);

    public ValueTask<long> CountDeadLettersAsync(CancellationToken cancellationToken) => ReadAsync(_rows.DeadLetters.CountAsync, cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadReferencesToAsync(EntryId to, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.References.ReadToAsync(connection, to, after, limit), cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadPendingReferencesAsync(long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection => _rows.References.ReadPendingAsync(connection, after, limit), cancellationToken);

    public ValueTask<long> CountPendingReferencesAsync(CancellationToken cancellationToken) => ReadAsync(_rows.References.CountPendingAsync, cancellationToken);

    public async ValueTask WriteAsync(ClientChanges changes, CancellationToken cancellationToken) => await _session.WriteAsync(
        batch =>
        {
            _rows.Entries.Add(batch, changes.Entries);
            _rows.Queue.Add(batch, changes.Queue);
            _rows.DeadLetters.Add(batch, changes.DeadLetters);
            _rows.References.Add(batch, changes.References);
        },
        cancellationToken);

    public async ValueTask CommitAsync(ClientProgress progress, ClientSetup? setup, CancellationToken cancellationToken)
    {
        var journal = _isJournalOver ? Random.Shared.NextInt64(1, long.MaxValue) : _journal;
        await _session.CommitAsync(
            batch =>
            {
                _rows.Progress.Add(batch, progress, Progress, journal, _journal);
                if (setup is not null)
                    SetupRow.Add(batch, _at, setup);
            },
            cancellationToken);
        if (_isJournalOver)
            _calls.Begin(journal);
        (_journal, _isJournalOver, JournalFinding) = (journal, false, JournalFinding.Whole);
        (Progress, Setup) = (progress, setup ?? Setup);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.EndAsync();
        _calls.Dispose();
        await _close();
    }

    private ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken) => new(_session.ReadAsync(read, cancellationToken));
}
