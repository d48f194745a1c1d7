using Hermes.Abstractions;
using Hermes.ServerRuntime.State;

namespace Hermes.Testing.State;

/// <summary>One opening of a state in memory.</summary>
internal sealed class InMemoryServerSession(InMemoryServerState owner, long term, Action close) : IServerState
{
    private const int BatchSize = 256;

    private readonly CancellationTokenSource _lost = new();
    private bool _isInTransaction;

    public long Term => term;

    public CancellationToken Lost => _lost.Token;

    public ValueTask<ServerStateHeader?> ReadHeaderAsync(CancellationToken cancellationToken) => Read(owner.Current.Header, cancellationToken);

    public ValueTask<long> CountOutboxAsync(CancellationToken cancellationToken) => Read((long)owner.Current.Outbox.Count, cancellationToken);

    public ValueTask<byte[]?> ReadDocumentAsync(string name, CancellationToken cancellationToken) =>
        Read(owner.Current.Documents.GetValueOrDefault(name), cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredKey>> ReadKeysAsync(string type, CancellationToken cancellationToken) =>
        Entries(type).Select(entry => new StoredKey(entry.Id, entry.KeyHash, entry.Fingerprint)).Chunk(BatchSize).ToAsyncEnumerable();

    public IAsyncEnumerable<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, CancellationToken cancellationToken) =>
        Entries(type).Chunk(BatchSize).ToAsyncEnumerable();

    public ValueTask<IReadOnlyList<StoredRow>> ReadEntriesAsync(string type, long after, int limit, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<StoredRow>>([.. Entries(type).Where(entry => entry.Id > after).Take(limit)], cancellationToken);

    public ValueTask<IReadOnlyList<byte[]>> ReadContentsAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var entries = owner.Current.Types.GetValueOrDefault(type);
        return Read<IReadOnlyList<byte[]>>([.. ids.Select(id => entries is not null && entries.TryGetValue(id, out var entry)
            ? entry.Content
            : throw new ServerStateException($"The server state has no entry {id} of {type}.", FaultKind.Permanent))], cancellationToken);
    }

    public ValueTask<IServerStateTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isInTransaction)
            throw new InvalidOperationException("Another transaction is open: commit or dispose it first.");
        _isInTransaction = true;
        return ValueTask.FromResult<IServerStateTransaction>(new InMemoryServerTransaction(Change, () => _isInTransaction = false));
    }

    public ValueTask<IReadOnlyList<OutboxEvent>> ReadOutboxAsync(long after, int maxEvents, long maxBytes, CancellationToken cancellationToken)
    {
        var events = new List<OutboxEvent>();
        var bytes = 0L;
        foreach (var item in owner.Current.Outbox.Where(item => item.Key > after).Select(item => item.Value).Take(maxEvents))
        {
            bytes += item.Body.Length;
            if (bytes > maxBytes && events.Count > 0)
                break;
            events.Add(item);
        }

        return Read<IReadOnlyList<OutboxEvent>>(events, cancellationToken);
    }

    public ValueTask ConfirmAsync(long throughSequence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Change(stored =>
        {
            foreach (var sequence in stored.Outbox.Keys.Where(sequence => sequence <= throughSequence).ToList())
                stored.Outbox.Remove(sequence);
            return stored;
        });
        return ValueTask.CompletedTask;
    }

    // What was replaced is garbage already.
    public ValueTask EraseAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<DueWriteBack>> ReadDueWriteBacksAsync(int limit, CancellationToken cancellationToken)
    {
        var waiting = owner.Current.Outbox.Count == 0 ? long.MaxValue : owner.Current.Outbox.Keys.First();
        return Read<IReadOnlyList<DueWriteBack>>(
            [.. owner.Current.WriteBacks.Where(item => item.Sequence < waiting).Select(item => item.WriteBack).Take(limit)], cancellationToken);
    }

    public ValueTask RemoveWriteBacksAsync(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Change(stored =>
        {
            stored.WriteBacks.RemoveAll(item => numbers.Contains(item.WriteBack.Number));
            return stored;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        close();
        _lost.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ValueTask<T> Read<T>(T result, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(result);
    }

    private IEnumerable<StoredRow> Entries(string type) => owner.Current.Types.GetValueOrDefault(type)?.Values ?? Enumerable.Empty<StoredRow>();

    private void Change(Func<InMemoryServerState.Stored, InMemoryServerState.Stored> change)
    {
        try
        {
            owner.Change(term, change);
        }
        catch (ServerStateException)
        {
            _lost.Cancel();
            throw;
        }
    }
}
