using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;

namespace Hermes.ServerRuntime.Control;

/// <summary>The control surface: each request becomes work that the server does between two polls.</summary>
internal sealed class HermesServerControl(
    string name,
    StatusBoard<ServerStatus> status,
    Mailbox<ServerLoop> mailbox,
    ServerDesk desk,
    Func<CancellationToken, Task<SchemaPreview>> previewSchema,
    Func<CancellationToken, Task> stop) : IHermesServerControl
{
    private readonly ServerLists _lists = new(desk, status);

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

    public Task<SchemaPreview> PreviewSchemaAsync(CancellationToken cancellationToken) => previewSchema(cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) => AskAsync((loop, _) => ValueTask.FromResult(loop.Pause()), cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => AskAsync((loop, _) => ValueTask.FromResult(loop.Resume()), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => stop(cancellationToken);

    public Task<PollResult> ApproveRemovalsAsync(string type, string digest, DecidedBy by, CancellationToken cancellationToken)
    {
        Check(type, digest, by);
        return AskAsync((loop, token) => loop.ApproveAsync(type, digest, by.Actor, by.Reason, token), cancellationToken);
    }

    public Task RejectRemovalsAsync(string type, string digest, DecidedBy by, CancellationToken cancellationToken)
    {
        Check(type, digest, by);
        return AskAsync((loop, token) => loop.RejectAsync(type, digest, by.Actor, by.Reason, token), cancellationToken);
    }

    public Task<Page<HeldRemovals>> ListHeldRemovalsAsync(ListQuery? query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _lists.HeldRemovalsAsync(query);
    }

    public Task<Page<ServerEntry>> ListHeldEntriesAsync(string name, ListQuery? query, CancellationToken cancellationToken) =>
        _lists.HeldEntriesAsync(name, query, cancellationToken);

    public Task<Page<ServerEntry>> ListEntriesAsync(string type, ListQuery? query, CancellationToken cancellationToken) =>
        _lists.EntriesAsync(type, query, cancellationToken);

    public Task<Page<EntryFinding>> ListFindingsAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.FindingsAsync(query, cancellationToken);

    // Nobody serves requests until the host starts, and it may never do.
    private Task<TAnswer> AskAsync<TAnswer>(Func<ServerLoop, CancellationToken, ValueTask<TAnswer>> work, CancellationToken cancellationToken) =>
        status.Current.StartedAt is null
            ? Task.FromException<TAnswer>(new NotRunningException($"server {name}", "it was not started yet."))
            : mailbox.AskAsync(work, cancellationToken);

    private static void Check(string type, string digest, DecidedBy by)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentException.ThrowIfNullOrWhiteSpace(digest);
        ArgumentNullException.ThrowIfNull(by);
    }
}
