using System.Security.Cryptography;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.ServerRuntime.Outbox;

namespace Hermes.ServerRuntime.State;

/// <summary>An open state and what is kept of it in memory.</summary>
internal sealed class ServerSession : IDisposable
{
    private readonly ServerModel _model;
    private KnownEntries? _known;

    private ServerSession(IServerState state, ServerModel model)
    {
        State = state;
        _model = model;
        Hasher = new EntryHasher(Header.HashKey);
        Progress = ServerProgress.Parse(Header.Status);
    }

    public IServerState State { get; }

    public ServerStateHeader Header => State.Header ?? throw new InvalidOperationException("The state has no header.");

    public ServerProgress Progress { get; private set; }

    public EntryHasher Hasher { get; }

    /// <summary>The secret values of events that wait: they are nowhere else.</summary>
    public SecretEvents Secrets { get; } = new();

    /// <summary>The index of the cached entries. Loaded when first asked for; the schema must have been adopted before.</summary>
    public KnownEntries Known => _known ??= KnownEntries.Load(State, _model, Hasher);

    /// <exception cref="ServerStateException">The state is used by another server, or cannot be read.</exception>
    public static ServerSession Open(IServerStateStore store, ServerModel model, TimeProvider time)
    {
        var state = store.Open();
        try
        {
            if (state.Header is null)
            {
                var header = new ServerStateHeader(Guid.NewGuid().ToString("N"), RandomNumberGenerator.GetBytes(EntryHasher.SecretSize), "", IsFilled: false, "");
                using var draft = state.BeginDraft(time.GetUtcNow());
                draft.Commit(header);
            }

            return new ServerSession(state, model);
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    /// <summary>Commits a draft, with the progress in its header.</summary>
    /// <returns>The sequence numbers of the tagged events.</returns>
    public IReadOnlyDictionary<long, long> Commit(IStateDraft draft, ServerStateHeader header, ServerProgress progress)
    {
        try
        {
            var sequences = draft.Commit(header with { Status = progress.ToJson() });
            Progress = progress;
            return sequences;
        }
        catch
        {
            // Whether it was stored is not known: what is kept in memory must be read again.
            Forget();
            throw;
        }
    }

    /// <summary>Drops what is kept in memory; it is read again from the state when next needed.</summary>
    public void Forget()
    {
        _known = null;
        Progress = ServerProgress.Parse(Header.Status);
    }

    public void Dispose() => State.Dispose();
}
