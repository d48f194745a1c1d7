using System.Runtime.CompilerServices;
using Hermes.PostgreSql.Database;
using Hermes.PostgreSql.Leases;
using Hermes.ServerRuntime.State;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ServerState;

/// <summary>A server state in a PostgreSQL schema. A transaction has a connection of its own; reads take others, which see what was committed.</summary>
internal sealed class PostgreSqlServerState : IServerState
{
    private const int KeysAtOnce = 4096;
    private const int EntriesAtOnce = 256;

    private readonly Func<StateSession, ValueTask> _close;
    private readonly GuardedSession _guarded;
    private readonly StateReader _reader;
    private readonly string _at;
    private PostgreSqlServerStateTransaction? _transaction;

    public PostgreSqlServerState(StateSession session, Func<StateSession, ValueTask> close)
    {
        _close = close;
        _guarded = new GuardedSession(session);
        _reader = new StateReader(session.Database);
        _at = session.Database.Quoted;
        Lost = session.Lease.Lost;
    }

    public long Term => _guarded.Session.Lease.Term;

    public CancellationToken Lost { get; }

    public ValueTask<ServerStateHeader?> ReadHeaderAsync(CancellationToken cancellationToken) => ReadAsync(_reader.HeaderAsync, cancellationToken);

    public ValueTask<long> CountOutboxAsync(CancellationToken cancellationToken) => ReadAsync(_reader.OutboxLengthAsync, cancellationToken);

    public ValueTask<byte[]?> ReadDocumentAsync(string name, CancellationToken cancellationToken) =>
        ReadAsync(connection => _reader.DocumentAsync(connection, name), cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredKey>> ReadKeysAsync(string type, CancellationToken cancellationToken) =>
        PagesAsync((connection, after) => _reader.KeysAsync(connection, type, after, KeysAtOnce), key => key.Id, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, CancellationToken cancellationToken) =>
        PagesAsync((connection, after) => _reader.EntriesAsync(connection, type, after, EntriesAtOnce), entry => entry.Id, cancellationToken);

    public ValueTask<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection => _reader.EntriesAsync(connection, type, after, limit), cancellationToken);

    public ValueTask<IReadOnlyList<byte[]>> ReadContentsAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? ValueTask.FromResult<IReadOnlyList<byte[]>>([]) : ReadAsync(connection => _reader.ContentsAsync(connection, type, ids), cancellationToken);

    public ValueTask<IReadOnlyList<OutboxEvent>> ReadOutboxAsync(long after, int maxEvents, long maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(connection => _reader.OutboxAsync(connection, after, maxEvents, maxBytes), cancellationToken);

    public ValueTask<IReadOnlyList<DueWriteBack>> ReadDueWriteBacksAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection => _reader.DueWriteBacksAsync(connection, limit), cancellationToken);

    public async ValueTask<IServerStateTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_transaction is not null)
            throw new InvalidOperationException("Another transaction is open: commit or dispose it first.");
        return _transaction = await _guarded.GuardAsync(() => PostgreSqlServerStateTransaction.BeginAsync(_guarded, () => _transaction = null));
    }

    public ValueTask ConfirmAsync(long throughSequence, CancellationToken cancellationToken) => new(_guarded.WriteAsync(
        batch => batch.Add($"DELETE FROM {_at}.outbox WHERE sequence <= $1").With(throughSequence, NpgsqlDbType.Bigint), cancellationToken));

    public ValueTask RemoveWriteBacksAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken) => numbers.Count == 0
        ? ValueTask.CompletedTask
        : new(_guarded.WriteAsync(
            batch => batch.Add($"DELETE FROM {_at}.write_backs WHERE number = ANY ($1)").With(numbers.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint),
            cancellationToken));

    // What was deleted or replaced stays in the files of a table until it is written anew. Copies of before, in the log of the database and in backups, are
    // beyond reach from here.
    public async ValueTask EraseAsync(CancellationToken cancellationToken) => await ReadAsync(
        async connection =>
        {
            foreach (var table in (string[])["entries", "outbox", "write_backs", "documents"])
            {
                await using var vacuum = connection.Command($"VACUUM (FULL) {_at}.{table}");
                vacuum.CommandTimeout = 0;
                await vacuum.ExecuteNonQueryAsync();
            }

            return true;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        await _close(_guarded.Session);
    }

    private ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken) => new(_guarded.ReadAsync(read, cancellationToken));

    private async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        Func<NpgsqlConnection, long, Task<IReadOnlyList<T>>> read, Func<T, long> idOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var from = after;
            var page = await ReadAsync(connection => read(connection, from), cancellationToken);
            if (page.Count == 0)
                yield break;
            yield return page;
            after = idOf(page[^1]);
        }
    }
}
