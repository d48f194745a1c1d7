using Hermes.Runtime.Control;

namespace Hermes.ServerRuntime.Control;

/// <summary>The control surface: each request becomes work that the server does between two polls.</summary>
internal sealed class HermesServerControl(
    string name, StatusBoard<ServerStatus> status, Mailbox<ServerLoop> mailbox, Func<CancellationToken, Task> stop) : IHermesServerControl
{
    public string Name => name;

    public ServerStatus Status => status.Current;

    public Task<PollResult> UpdateAsync(CancellationToken cancellationToken) => AskAsync((loop, token) => loop.PollAsync(token), cancellationToken);

    public Task<PollResult> InitSyncAsync(CancellationToken cancellationToken) =>
        AskAsync((loop, token) => loop.InitSyncAsync(token), cancellationToken);

    public Task<PollPreview> PreviewAsync(int maxChangesPerType, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxChangesPerType);
        return AskAsync((loop, token) => loop.PreviewAsync(maxChangesPerType, token), cancellationToken);
    }

    public Task PauseAsync(CancellationToken cancellationToken) => AskAsync((loop, _) => ValueTask.FromResult(loop.Pause()), cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => AskAsync((loop, _) => ValueTask.FromResult(loop.Resume()), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => stop(cancellationToken);

    public Task<PollResult> ApproveRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken)
    {
        Check(type, digest, actor, reason);
        return AskAsync((loop, token) => loop.ApproveAsync(type, digest, actor, reason, token), cancellationToken);
    }

    public Task RejectRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken)
    {
        Check(type, digest, actor, reason);
        return AskAsync((loop, token) => loop.RejectAsync(type, digest, actor, reason, token), cancellationToken);
    }

    // Nobody serves requests until the host starts, and it may never do.
    private Task<TAnswer> AskAsync<TAnswer>(Func<ServerLoop, CancellationToken, ValueTask<TAnswer>> work, CancellationToken cancellationToken) =>
        status.Current.StartedAt is null
            ? Task.FromException<TAnswer>(new NotRunningException($"server {name}", "it was not started yet."))
            : mailbox.AskAsync(work, cancellationToken);

    private static void Check(string type, string digest, string actor, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentException.ThrowIfNullOrWhiteSpace(digest);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
    }
}
