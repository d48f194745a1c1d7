using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Recovery;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime.Control;

/// <summary>The control surface: each request becomes work that the client does between two slices of its own.</summary>
internal sealed class ClientControl : IHermesClientControl
{
    private readonly string _name;
    private readonly ClientSurface _surface;
    private readonly ILogger _log;
    private readonly Func<CancellationToken, Task> _stop;
    private readonly ClientDesk _desk;
    private readonly ClientLists _lists;
    private readonly QueueActions _actions;

    public ClientControl(string name, ClientSurface surface, TimeProvider time, ILogger log, Func<CancellationToken, Task> stop)
    {
        (_name, _surface, _log, _stop) = (name, surface, log, stop);
        var operations = new OperationBoard(time, status => log.OperationTold(name, status.Id, status.ToString(), status.By.Reason));
        _desk = new ClientDesk(surface, time);
        _lists = new ClientLists(_desk);
        _actions = new QueueActions(_desk, operations, _lists);
        Operations = operations;
        Comparisons = new ClientComparisons(_desk);
        Links = new ClientLinks(_desk);
    }

    public string Name => _name;

    public IOperations Operations { get; }

    public IClientComparisons Comparisons { get; }

    public IClientLinks Links { get; }

    public ClientStatus Status => _surface.Status.Current;

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        ThrowIfNotStarted();
        _surface.Status.Pause();
        _log.Paused(_name);
        try
        {
            // From the answer on, the target is not called.
            await _desk.AskAsync(static _ => ValueTask.FromResult(true), cancellationToken);
        }
        catch (NotRunningException) when (_surface.IsOpen)
        {
            // It does not work now, or a call is in flight: what comes after that is paused.
        }
    }

    public Task ResumeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfNotStarted();
        _surface.Status.Resume();
        _log.Resumed(_name);
        _surface.Mailbox.Wake();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stop(cancellationToken);

    public async Task WhenCaughtUpAsync(CancellationToken cancellationToken)
    {
        ThrowIfNotStarted();

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (!await TryWaitAsync(done, cancellationToken))
        {
            // The client has begun anew meanwhile, perhaps elsewhere on the bus.
        }

        await done.Task.WaitAsync(cancellationToken);
    }

    public Task<bool> ReinitialiseAsync(string reason, string? producer, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return _surface.Mailbox.AskAsync(
            async (given, _) =>
            {
                // One that is new starts from an initsync anyway.
                if (given.Session.Setup is null)
                    return false;
                var isThere = InitSyncWatch.Want(given.Session, reason, producer);
                await given.Session.CommitAsync();
                return isThere;
            },
            cancellationToken);
    }

    public Task<Page<HeldRemovalsInfo>> ListHeldRemovalsAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.HeldRemovalsAsync(query, cancellationToken);

    public Task<Page<EntryKey>> ListHeldEntriesAsync(string type, ListQuery? query, CancellationToken cancellationToken) =>
        _lists.HeldEntriesAsync(type, query, cancellationToken);

    public Task ApproveRemovalsAsync(string type, string digest, DecidedBy by, CancellationToken cancellationToken) =>
        DecideAsync(type, true, digest, by, cancellationToken);

    public Task RejectRemovalsAsync(string type, string digest, DecidedBy by, CancellationToken cancellationToken) =>
        DecideAsync(type, false, digest, by, cancellationToken);

    public Task<IReadOnlyList<EntryCounts>> CountEntriesAsync(CancellationToken cancellationToken) => _desk.ReadAsync<IReadOnlyList<EntryCounts>>(
        async session =>
        {
            var found = new List<EntryCounts>();
            foreach (var table in (await session.Written.ReadTablesAsync()).Where(table => table.Side is EntrySide.Remote or EntrySide.Local))
            {
                var count = await session.Written.CountAsync(table);
                found.Add(new EntryCounts(table.Side, table.Type, count.Live, count.Trashed));
            }

            return found;
        },
        cancellationToken);

    public Task<Page<StoredEntry>> ListEntriesAsync(EntryTable table, ListQuery? query, CancellationToken cancellationToken) =>
        _lists.EntriesAsync(table, query, cancellationToken);

    public Task<Page<QueuedEventInfo>> ListErrorQueueAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.QueueAsync(query, cancellationToken);

    public Task<Page<FailureGroup>> ListFailureGroupsAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.GroupsAsync(query, cancellationToken);

    public Task<Operation> RetryAsync(EventSelection selection, DecidedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return _actions.RetryAsync(selection, by, cancellationToken);
    }

    public Task<Operation> DiscardAsync(EventSelection selection, DecidedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return _actions.DiscardAsync(selection, by, cancellationToken);
    }

    public Task<Page<TrashedEntry>> ListTrashbinAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.TrashbinAsync(query, cancellationToken);

    public Task<Operation> PurgeAsync(TrashSelection selection, DecidedBy by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return _actions.PurgeAsync(selection, by, cancellationToken);
    }

    public Task<Page<PendingReference>> ListPendingReferencesAsync(ListQuery? query, CancellationToken cancellationToken) =>
        _lists.PendingReferencesAsync(query, cancellationToken);

    public Task<Page<DeadLetter>> ListDeadLettersAsync(ListQuery? query, CancellationToken cancellationToken) => _lists.DeadLettersAsync(query, cancellationToken);

    private async Task DecideAsync(string type, bool isApproved, string digest, DecidedBy by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentException.ThrowIfNullOrWhiteSpace(digest);
        ArgumentNullException.ThrowIfNull(by);

        // The one who asked is refused, not the client that works.
        var refused = await _desk.AskLoopAsync(
            (loop, _) => loop.Decide.RunAsync(type, new RemovalDecision(isApproved, digest, by.Actor, by.Reason, loop.Now)), cancellationToken);
        if (refused is not null)
            throw refused;
    }

    // A bus that does not answer lets only the one wait who asks.
    private async Task<bool> TryWaitAsync(TaskCompletionSource done, CancellationToken cancellationToken)
    {
        var (bus, place, beginnings) = await _surface.Mailbox.AskAsync(
            (work, _) => ValueTask.FromResult((work.Bus, work.Session.Position.Next, _surface.CatchUp.Beginnings)), cancellationToken);
        var last = await bus.GetLastOffsetAsync(cancellationToken);
        return await _surface.Mailbox.AskAsync((_, _) => ValueTask.FromResult(_surface.CatchUp.TryAdd(place, beginnings, last, done)), cancellationToken);
    }

    private void ThrowIfNotStarted()
    {
        if (Status.State == RunState.NotStarted)
            throw _surface.Refusal!;
    }
}
