using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Recovery;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime.Control;

/// <summary>The control surface: each request becomes work that the client does between two slices of its own.</summary>
internal sealed class ClientControl(string name, ClientSurface surface, TimeProvider time, ILogger log, Func<CancellationToken, Task> stop) : IHermesClientControl
{
    private readonly ClientDesk _desk = new(surface, time);
    private readonly ClientLists _lists = new(new ClientDesk(surface, time));

    public string Name => name;

    public IClientComparisons Comparisons { get; } = new ClientComparisons(new ClientDesk(surface, time));

    public IClientLinks Links { get; } = new ClientLinks(new ClientDesk(surface, time));

    public ClientStatus Status => surface.Status.Current;

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        ThrowIfNotStarted();
        surface.Status.Pause();
        log.Paused(name);
        try
        {
            // From the answer on, the target is not called.
            await _desk.AskAsync(static _ => ValueTask.FromResult(true), cancellationToken);
        }
        catch (NotRunningException) when (surface.IsOpen)
        {
            // It does not work now, or a call is in flight: what comes after that is paused.
        }
    }

    public Task ResumeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfNotStarted();
        surface.Status.Resume();
        log.Resumed(name);
        surface.Mailbox.Wake();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => stop(cancellationToken);

    public async Task WhenCaughtUpAsync(CancellationToken cancellationToken)
    {
        ThrowIfNotStarted();

        // A bus that does not answer lets only the one wait who asks.
        var bus = await surface.Mailbox.AskAsync(static (work, _) => ValueTask.FromResult(work.Bus), cancellationToken);
        var last = await bus.GetLastOffsetAsync(cancellationToken);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await surface.Mailbox.AskAsync(
            (_, _) =>
            {
                surface.CatchUp.Add(last, done);
                return ValueTask.FromResult(true);
            },
            cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    public Task<bool> ReinitialiseAsync(string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return surface.Mailbox.AskAsync(
            async (given, _) =>
            {
                // One that is new starts from an initsync anyway.
                if (given.Session.Setup is null)
                    return false;
                var isThere = InitSyncWatch.Want(given.Session, reason);
                await given.Session.CommitAsync();
                return isThere;
            },
            cancellationToken);
    }

    public Task<Page<HeldRemovalsInfo>> ListHeldRemovalsAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.HeldRemovalsAsync(query, cancellationToken);

    public Task<Page<EntryKey>> ListHeldEntriesAsync(string type, ListQuery? query, CancellationToken cancellationToken) =>
        _lists.HeldEntriesAsync(type, query, cancellationToken);

    public Task ApproveRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken) =>
        DecideAsync(type, true, digest, actor, reason, cancellationToken);

    public Task RejectRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken) =>
        DecideAsync(type, false, digest, actor, reason, cancellationToken);

    public Task<IReadOnlyList<EntryCounts>> CountEntriesAsync(CancellationToken cancellationToken) => _desk.ReadAsync<IReadOnlyList<EntryCounts>>(
        async session =>
        {
            var found = new List<EntryCounts>();
            foreach (var table in (await session.ReadTablesAsync()).Where(table => table.Side is EntrySide.Remote or EntrySide.Local))
            {
                var count = await session.CountAsync(table);
                found.Add(new EntryCounts(table.Side, table.Type, count.Live, count.Trashed));
            }

            return found;
        },
        cancellationToken);

    public Task<Page<StoredEntry>> ListEntriesAsync(EntryTable table, ListQuery? query, CancellationToken cancellationToken) =>
        _lists.EntriesAsync(table, query, cancellationToken);

    public Task<Page<QueuedEventInfo>> ListErrorQueueAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.QueueAsync(query, cancellationToken);

    public Task RetryAllAsync(CancellationToken cancellationToken) => TryPassAsync(
        (loop, _) => ValueTask.FromResult<RetryPass?>(loop.Retry.BeginAll()), cancellationToken);

    public Task<bool> RetryAsync(long number, CancellationToken cancellationToken) => TryPassAsync(
        (loop, session) => ValueTask.FromResult(session.Queue.Find(number) is { } queued ? loop.Retry.BeginEntry(queued.Id) : null), cancellationToken);

    public Task<bool> DiscardAsync(long number, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return _desk.AskLoopAsync((loop, _) => loop.Discard.RunAsync(number, reason), cancellationToken);
    }

    public Task<Page<TrashedEntry>> ListTrashbinAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.TrashbinAsync(query, cancellationToken);

    public Task<bool> PurgeAsync(string remoteType, EntryKey key, CancellationToken cancellationToken) =>
        TryPassAsync((loop, _) => loop.Purge.RunEntryAsync(remoteType, key), cancellationToken);

    public Task<Page<DeadLetter>> ListDeadLettersAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.DeadLettersAsync(query, cancellationToken);

    private async Task DecideAsync(string type, bool isApproved, string digest, string actor, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentException.ThrowIfNullOrWhiteSpace(digest);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);

        // The one who asked is refused, not the client that works.
        var refused = await _desk.AskLoopAsync(
            (loop, _) => loop.Decide.RunAsync(type, new RemovalDecision(isApproved, digest, actor, reason, loop.Now)), cancellationToken);
        if (refused is not null)
            throw refused;
    }

    private void ThrowIfNotStarted()
    {
        if (Status.State == RunState.NotStarted)
            throw surface.Refusal!;
    }

    // Begins what calls the target, and waits until all was tried.
    private async Task<bool> TryPassAsync(Func<ClientLoop, ClientSession, ValueTask<RetryPass?>> begin, CancellationToken cancellationToken)
    {
        var pass = await _desk.AskLoopAsync(
            (loop, session) => surface.Status.IsPaused
                ? throw new ArgumentException("The client is paused: it does not call the target. Resume it first.")
                : begin(loop, session),
            cancellationToken);
        if (pass is null)
            return false;
        await pass.Ended.WaitAsync(cancellationToken);
        return true;
    }
}
