using System.Runtime.CompilerServices;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>
/// A server state in a SQLite file, over two connections: one writes, and one reads what was committed. Until the file is known to be sound, nothing is written to it, and
/// nothing in it is sent.
/// </summary>
internal sealed class SqliteServerState(SqliteConnection connection, SqliteConnection readerConnection, PageCheck check, SqliteFileLock fileLock) : IServerState
{
    private const int EntriesAtOnce = 256;

    private readonly StateReader _reader = new(readerConnection);
    private readonly StateTerm _term = new(connection);
    private SqliteServerStateTransaction? _transaction;

    public long Term => _term.Number;

    public CancellationToken Lost => _term.Lost;

    public ValueTask<ServerStateHeader?> ReadHeaderAsync(CancellationToken cancellationToken) => Read(_reader.Header, cancellationToken);

    public ValueTask<long> CountOutboxAsync(CancellationToken cancellationToken) => Read(_reader.OutboxLength, cancellationToken);

    public ValueTask<byte[]?> ReadDocumentAsync(string name, CancellationToken cancellationToken) => Read(() => _reader.Document(name), cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredKey>> ReadKeysAsync(string type, CancellationToken cancellationToken) =>
        PagesAsync(after => _reader.Keys(type, after), key => key.Id, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, CancellationToken cancellationToken) =>
        PagesAsync(after => _reader.Entries(type, after, EntriesAtOnce), entry => entry.Id, cancellationToken);

    public ValueTask<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, long after, int limit, CancellationToken cancellationToken) =>
        Read(() => _reader.Entries(type, after, limit), cancellationToken);

    public ValueTask<IReadOnlyList<byte[]>> ReadContentsAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? ValueTask.FromResult<IReadOnlyList<byte[]>>([]) : Read<IReadOnlyList<byte[]>>(() => _reader.Contents(type, ids), cancellationToken);

    public async ValueTask<IReadOnlyList<OutboxEvent>> ReadOutboxAsync(long after, int maxEvents, long maxBytes, CancellationToken cancellationToken)
    {
        await VerifyAsync(cancellationToken);
        return await Read(() => _reader.Outbox(after, maxEvents, maxBytes), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<DueWriteBack>> ReadDueWriteBacksAsync(int limit, CancellationToken cancellationToken)
    {
        await VerifyAsync(cancellationToken);
        return await Read(() => _reader.DueWriteBacks(limit), cancellationToken);
    }

    public async ValueTask<IServerStateTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        await VerifyAsync(cancellationToken);
        if (_transaction is not null)
            throw new InvalidOperationException("Another transaction is open: commit or dispose it first.");
        _transaction = connection.Translated(() => new SqliteServerStateTransaction(connection, _term, OnTransactionEnded));
        return _transaction;
    }

    public ValueTask ConfirmAsync(long throughSequence, CancellationToken cancellationToken) =>
        Write("DELETE FROM outbox WHERE sequence <= ?1", [throughSequence], cancellationToken);

    public ValueTask RemoveWriteBacksAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken) =>
        numbers.Count == 0 ? ValueTask.CompletedTask : Write("DELETE FROM write_backs WHERE number = ?1", numbers, cancellationToken);

    // Freed pages keep their bytes until they are used again; so does the write-ahead log.
    public async ValueTask EraseAsync(CancellationToken cancellationToken)
    {
        await VerifyAsync(cancellationToken);
        _reader.Forget();
        connection.Translated(() =>
        {
            connection.Execute("VACUUM");
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        await check.DisposeAsync();
        _reader.Dispose();
        await connection.DisposeAsync();
        _term.Dispose();
        fileLock.Dispose();
    }

    private ValueTask<T> Read<T>(Func<T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(readerConnection.Translated(read));
    }

    private async ValueTask VerifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await check.Passed.WaitAsync(cancellationToken);
        }
        catch (SqliteFileException exception)
        {
            throw ErrorTranslation.Failure(exception);
        }
    }

    private async ValueTask Write(string sql, IEnumerable<long> values, CancellationToken cancellationToken)
    {
        await VerifyAsync(cancellationToken);
        connection.Translated(() =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            _term.Check(connection);
            using var statement = new SqliteStatement(connection, sql);
            foreach (var value in values)
                statement.Bind(0, value).Run();
            transaction.Commit();
        });
    }

    private async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        Func<long, IReadOnlyList<T>> read, Func<T, long> idOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = await Read(() => read(0), cancellationToken); page.Count > 0;)
        {
            yield return page;
            var after = idOf(page[^1]);
            page = await Read(() => read(after), cancellationToken);
        }
    }

    private void OnTransactionEnded()
    {
        _transaction = null;
        _reader.Forget();
    }
}
