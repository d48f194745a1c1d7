using System.Security.Cryptography;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Events;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Schema;

namespace Hermes.ServerRuntime.State;

/// <summary>An open state and what is kept of it in memory.</summary>
internal sealed class ServerSession : IAsyncDisposable
{
    private readonly ServerModel _model;
    private KnownEntries? _known;
    private bool _isStale;

    private ServerSession(IServerState state, ServerModel model, ServerStateHeader header)
    {
        State = state;
        _model = model;
        Header = header;
        Hasher = new EntryHasher(header.HashKey);
        Progress = ServerProgress.Parse(header.Status);
    }

    public IServerState State { get; }

    public ServerStateHeader Header { get; private set; }

    public ServerProgress Progress { get; private set; }

    public EntryHasher Hasher { get; }

    /// <summary>What people decided about removals that waited.</summary>
    public GuardDecisions Decisions { get; private set; } = GuardDecisions.None;

    /// <summary>The types that have left the data model, and whose entries stay until their removal is approved.</summary>
    public IReadOnlyList<RetainedType> Retained { get; set; } = [];

    /// <summary>How many events wait in the outbox.</summary>
    public long OutboxLength { get; private set; }

    /// <summary>The number of the last event that left the outbox; 0 if none did. Numbers are consecutive.</summary>
    public long LastConfirmed => Header.LastSequence - OutboxLength;

    /// <summary>
    /// The events with secret values that wait to be sent, by their numbers. They are kept in memory only: the outbox holds the same events without the secrets. After a restart
    /// those go out as they are, and the next poll sends the secrets as added.
    /// </summary>
    public Dictionary<long, HermesEvent> Secrets { get; } = [];

    /// <summary>The index of the cached entries, as last loaded; the schema must have been adopted before.</summary>
    public KnownEntries Known => _known ?? throw new InvalidOperationException("The index of the cached entries is not loaded.");

    /// <summary>The id of a cached entry, by the index: 0 if there is none of the key, null if the index is not loaded.</summary>
    public long? FindKnown(DataType type, EntryKey key) => _known is null ? null : _known.IndexOf(type).TryGet(Hasher.HashKey(key), out _, out var id) ? id : 0;

    /// <summary>Opens the state of a server; waits while another process holds it.</summary>
    /// <param name="store">The state.</param>
    /// <param name="model">The data model.</param>
    /// <param name="time">The clock to wait by.</param>
    /// <param name="waiting">Told the reason before it waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServerStateException">The state cannot be read.</exception>
    public static async Task<ServerSession> OpenAsync(
        IServerStateStore store, ServerModel model, TimeProvider time, Action<string> waiting, CancellationToken cancellationToken)
    {
        var state = await store.OpenAsync(new StateOpening(time, waiting), cancellationToken);
        try
        {
            var header = await state.ReadHeaderAsync(cancellationToken) ?? await CreateAsync(state, cancellationToken);
            return new ServerSession(state, model, header)
            {
                OutboxLength = await state.CountOutboxAsync(cancellationToken),
                Decisions = GuardDecisions.Parse(await state.ReadDocumentAsync(GuardDecisions.Document, cancellationToken)),
            };
        }
        catch
        {
            await state.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads again what was forgotten.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!_isStale)
            return;
        Header = await State.ReadHeaderAsync(cancellationToken) ?? throw new InvalidOperationException("The state has no header.");
        Progress = ServerProgress.Parse(Header.Status);
        OutboxLength = await State.CountOutboxAsync(cancellationToken);
        Decisions = GuardDecisions.Parse(await State.ReadDocumentAsync(GuardDecisions.Document, cancellationToken));
        _isStale = false;
    }

    /// <summary>Loads the index of the cached entries, unless it is there.</summary>
    public async Task<KnownEntries> LoadKnownAsync(CancellationToken cancellationToken) =>
        _known ??= await KnownEntries.LoadAsync(State, _model, Hasher, cancellationToken);

    /// <summary>Hands in the cached contents that something needs, read in one call.</summary>
    public async ValueTask GiveAsync(CachedContents contents, CancellationToken cancellationToken)
    {
        if (contents.Needed.Count > 0)
            contents.Give(await State.ReadContentsAsync(contents.Type.Name, contents.Needed, cancellationToken));
    }

    /// <summary>Stores what people decided.</summary>
    public async Task DecideAsync(GuardDecisions decisions, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await using var transaction = await State.BeginAsync(cancellationToken);
        await CommitAsync(transaction, Header, Progress, decisions, cancellationToken);
    }

    /// <summary>Commits a transaction, with the progress in its header, and decisions if they are others than before.</summary>
    public async Task CommitAsync(
        IServerStateTransaction transaction, ServerStateHeader header, ServerProgress progress, GuardDecisions decisions, CancellationToken cancellationToken)
    {
        if (!decisions.IsSame(Decisions))
            await transaction.WriteDocumentAsync(GuardDecisions.Document, decisions.ToDocument(), cancellationToken);
        await CommitAsync(transaction, header, progress, cancellationToken);
        Decisions = decisions;
    }

    /// <summary>Commits a transaction, with the progress in its header.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="header">
    /// The header, but for the progress; its sequence number tells how many events were added. With another producer, the events that waited before are dropped.
    /// </param>
    /// <param name="progress">The progress.</param>
    /// <param name="cancellationToken">Ends the work; whether it was stored is not known then.</param>
    public async Task CommitAsync(
        IServerStateTransaction transaction, ServerStateHeader header, ServerProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            var stored = header with { Status = progress.ToJson() };
            await transaction.CommitAsync(stored, cancellationToken);
            OutboxLength = stored.ProducerId == Header.ProducerId ? OutboxLength + stored.LastSequence - Header.LastSequence : stored.LastSequence;
            Header = stored;
            Progress = progress;
        }
        catch
        {
            // Whether it was stored is not known: what is kept in memory must be read again.
            Forget();
            throw;
        }
    }

    /// <summary>Takes the events up to a sequence number out of the outbox.</summary>
    public async Task ConfirmAsync(long throughSequence, int count, CancellationToken cancellationToken)
    {
        try
        {
            await State.ConfirmAsync(throughSequence, cancellationToken);
            OutboxLength -= count;
            for (var sequence = throughSequence - count + 1; sequence <= throughSequence; sequence++)
                Secrets.Remove(sequence);
        }
        catch
        {
            _isStale = true;
            throw;
        }
    }

    /// <summary>Drops what is kept in memory; it is read again from the state when next needed.</summary>
    public void Forget()
    {
        _known = null;
        _isStale = true;
    }

    public ValueTask DisposeAsync() => State.DisposeAsync();

    private static async Task<ServerStateHeader> CreateAsync(IServerState state, CancellationToken cancellationToken)
    {
        var header = new ServerStateHeader(
            Guid.NewGuid().ToString("N"), RandomNumberGenerator.GetBytes(EntryHasher.SecretSize), "", IsFilled: false, "", LastSequence: 0);
        await using var transaction = await state.BeginAsync(cancellationToken);
        await transaction.CommitAsync(header, cancellationToken);
        return header;
    }
}
