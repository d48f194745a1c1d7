using Hermes.Abstractions;
using Hermes.Runtime.State;
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
    private TaskCompletionSource? _held;
    private long _term;

    /// <summary>The events that wait in the outbox, as last committed.</summary>
    public IReadOnlyList<OutboxEvent> Outbox => [.. _stored.Outbox.Values];

    /// <summary>The write-backs that were stored and are not done.</summary>
    public IReadOnlyList<DueWriteBack> WriteBacks => [.. _stored.WriteBacks.Select(item => item.WriteBack)];

    /// <summary>What the last commit said about the state as a whole, or null.</summary>
    public ServerStateHeader? Header => _stored.Header;

    /// <summary>The contents of the cached entries of a type, encoded, in the order in which they came.</summary>
    public IReadOnlyList<byte[]> ContentsOf(string type) =>
        _stored.Types.TryGetValue(type, out var rows) ? [.. rows.Values.Select(row => row.Content)] : [];

    /// <summary>A state with the same content: a backup, to be put back later.</summary>
    public InMemoryServerState Copy() => new() { _stored = _stored.Copy() };

    /// <summary>
    /// Does what happens when a server that has the state open is taken for dead, although it is not: another server may open the state. What
    /// the first one still writes is refused.
    /// </summary>
    public void Abandon() => Interlocked.Exchange(ref _held, null)?.SetResult();

    /// <inheritdoc/>
    public async ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opening);
        cancellationToken.ThrowIfCancellationRequested();
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var isTold = false; Interlocked.CompareExchange(ref _held, hold, null) is { } other; isTold = true)
        {
            if (!isTold)
                opening.Waiting("The server state in memory is in use by another server. Stop that one, or give this server a state of its own.");
            await other.Task.WaitAsync(cancellationToken);
        }

        return new InMemoryServerSession(this, Interlocked.Increment(ref _term), () => Close(hold));
    }

    /// <summary>What is stored, for a session.</summary>
    internal Stored Current => _stored;

    /// <summary>Changes what is stored, unless somebody opened the state after a term began.</summary>
    internal void Change(long term, Func<Stored, Stored> change)
    {
        lock (_lock)
        {
            if (term != Interlocked.Read(ref _term))
                throw new ServerStateException("Another server took over the server state in memory. Give each a state of its own.", FaultKind.Permanent);
            _stored = change(_stored.Copy());
        }
    }

    private void Close(TaskCompletionSource hold)
    {
        if (Interlocked.CompareExchange(ref _held, null, hold) == hold)
            hold.SetResult();
    }

    /// <summary>What a disk would hold. Replaced as a whole by each commit.</summary>
    internal sealed record Stored
    {
        public ServerStateHeader? Header { get; init; }

        public Dictionary<string, byte[]> Documents { get; init; } = new(StringComparer.Ordinal);

        public Dictionary<string, SortedDictionary<long, StoredRow>> Types { get; init; } = new(StringComparer.Ordinal);

        public SortedDictionary<long, OutboxEvent> Outbox { get; init; } = [];

        public List<(long Sequence, DueWriteBack WriteBack)> WriteBacks { get; init; } = [];

        public Stored Copy() => this with
        {
            Documents = new Dictionary<string, byte[]>(Documents, StringComparer.Ordinal),
            Types = Types.ToDictionary(type => type.Key, type => new SortedDictionary<long, StoredRow>(type.Value), StringComparer.Ordinal),
            Outbox = new SortedDictionary<long, OutboxEvent>(Outbox),
            WriteBacks = [.. WriteBacks],
        };
    }
}
