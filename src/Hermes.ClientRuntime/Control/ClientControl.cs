using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.Recovery;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Control;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime.Control;

/// <summary>The control surface: each request becomes work that the client does between two slices of its own.</summary>
internal sealed class ClientControl(string name, ClientSurface surface, TimeProvider time, ILogger log, Func<CancellationToken, Task> stop) : IHermesClientControl
{
    // Who is not served by then is told why.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public string Name => name;

    public IClientComparisons Comparisons { get; } = new ClientComparisons(surface, time);

    public IClientLinks Links { get; } = new ClientLinks(surface);

    public ClientStatus Status => surface.Status.Current;

    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        ThrowIfNotStarted();
        surface.Status.Pause();
        log.Paused(name);
        try
        {
            // From the answer on, the target is not called.
            await AskAsync(static (_, _) => ValueTask.FromResult(true), cancellationToken);
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

    public Task<IReadOnlyList<HeldRemovalsInfo>> ListHeldRemovalsAsync(CancellationToken cancellationToken) => ReadAsync<HeldRemovalsInfo>(
        async (session, found) =>
        {
            if (session.Setup is not null)
                found.AddRange(await new Decide(session).ListAsync());
        },
        cancellationToken);

    public Task ApproveRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken) =>
        DecideAsync(type, true, digest, actor, reason, cancellationToken);

    public Task RejectRemovalsAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken) =>
        DecideAsync(type, false, digest, actor, reason, cancellationToken);

    public Task<IReadOnlyList<EntryCounts>> CountEntriesAsync(CancellationToken cancellationToken) => ReadAsync<EntryCounts>(
        async (session, found) =>
        {
            foreach (var table in (await session.ReadTablesAsync()).Where(table => table.Side is EntrySide.Remote or EntrySide.Local))
            {
                var count = await session.CountAsync(table);
                found.Add(new EntryCounts(table.Side, table.Type, count.Live, count.Trashed));
            }
        },
        cancellationToken);

    public Task<IReadOnlyList<StoredEntry>> ListEntriesAsync(EntryTable table, CancellationToken cancellationToken) =>
        ReadAsync<StoredEntry>(
            async (session, found) =>
            {
                await foreach (var entry in session.ReadAsync(table))
                    found.Add(entry);
            },
            cancellationToken);

    public Task<IReadOnlyList<QueuedEventInfo>> ListErrorQueueAsync(CancellationToken cancellationToken) =>
        ReadAsync<QueuedEventInfo>(
            async (session, found) =>
            {
                await foreach (var queued in session.ReadQueueAsync())
                    found.Add(Info(session, queued));
            },
            cancellationToken);

    public Task RetryAllAsync(CancellationToken cancellationToken) => TryPassAsync(
        (loop, _) => ValueTask.FromResult<RetryPass?>(loop.Retry.BeginAll()), cancellationToken);

    public Task<bool> RetryAsync(long number, CancellationToken cancellationToken) => TryPassAsync(
        (loop, session) => ValueTask.FromResult(session.Queue.Find(number) is { } queued ? loop.Retry.BeginEntry(queued.Id) : null), cancellationToken);

    public Task<bool> DiscardAsync(long number, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return AskLoopAsync((loop, _) => loop.Discard.RunAsync(number, reason), cancellationToken);
    }

    public Task<IReadOnlyList<TrashedEntry>> ListTrashbinAsync(CancellationToken cancellationToken) => ReadAsync<TrashedEntry>(
        async (session, found) =>
        {
            foreach (var table in (await session.ReadTablesAsync()).Where(table => table.Side == EntrySide.Remote))
            {
                await foreach (var page in session.ReadTrashedAsync(table))
                    found.AddRange(page.Select(row => new TrashedEntry(table.Type, row.Entry.Key, row.Entry.Expected!.Entry, row.Entry.Expected.TrashedSince!.Value)));
            }
        },
        cancellationToken);

    public Task<bool> PurgeAsync(string remoteType, EntryKey key, CancellationToken cancellationToken) =>
        TryPassAsync((loop, _) => loop.Purge.RunEntryAsync(remoteType, key), cancellationToken);

    public Task<IReadOnlyList<PendingReference>> ListPendingReferencesAsync(CancellationToken cancellationToken) =>
        ReadAsync<PendingReference>(
            async (session, found) =>
            {
                foreach (var (_, reference, _) in await session.ReadPendingReferencesAsync(0, int.MaxValue))
                    found.Add(new PendingReference(reference.From, reference.Attribute, reference.To));
            },
            cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(CancellationToken cancellationToken) =>
        ReadAsync<DeadLetter>(async (session, found) => found.AddRange(await session.ReadDeadLettersAsync(int.MaxValue)), cancellationToken);

    private async Task DecideAsync(string type, bool isApproved, string digest, string actor, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentException.ThrowIfNullOrWhiteSpace(digest);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);

        // The one who asked is refused, not the client that works.
        var refused = await AskLoopAsync(
            (loop, _) => loop.Decide.RunAsync(type, new RemovalDecision(isApproved, digest, actor, reason, loop.Now)), cancellationToken);
        if (refused is not null)
            throw refused;
    }

    private static QueuedEventInfo Info(ClientSession session, QueuedEvent queued)
    {
        var @event = queued.Event;
        var display = session.Bound.TryGetType(@event.Type, out var type) ? type.Describe(@event.Key, @event.Local?.Entry) : $"<{@event.Id}>";
        return new QueuedEventInfo(
            queued.Number,
            @event.Type,
            @event.Key,
            display,
            @event.Kind,
            queued.Since,
            queued.Attempts.Count,
            queued.Attempts.Last,
            queued.Attempts.Message,
            [.. queued.Attempts.CompletedSteps.Select(step => step.Name)],
            queued.Attempts.IsPartiallyProcessed,
            queued.Attempts.IsInFlight,
            @event.Local?.Entry)
        {
            WasBrokenOff = queued.Attempts.WasBrokenOff,
        };
    }

    private async Task<T> AskAsync<T>(Func<ClientWork, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        if (surface.Refusal is { } refusal)
            throw refusal;
        return await surface.Mailbox.AskAsync(work, Patience, time, surface.NotServing, cancellationToken);
    }

    private void ThrowIfNotStarted()
    {
        if (Status.State == RunState.NotStarted)
            throw surface.Refusal!;
    }

    // Begins what calls the target, and waits until all was tried.
    private async Task<bool> TryPassAsync(Func<ClientLoop, ClientSession, ValueTask<RetryPass?>> begin, CancellationToken cancellationToken)
    {
        var pass = await AskLoopAsync(
            (loop, session) => surface.Status.IsPaused
                ? throw new ArgumentException("The client is paused: it does not call the target. Resume it first.")
                : begin(loop, session),
            cancellationToken);
        if (pass is null)
            return false;
        await pass.Ended.WaitAsync(cancellationToken);
        return true;
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(Func<ClientSession, List<T>, ValueTask> read, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<T>>(
            async (work, _) =>
            {
                var found = new List<T>();
                await read(work.Session, found);
                return found;
            },
            cancellationToken);

    private Task<T> AskLoopAsync<T>(Func<ClientLoop, ClientSession, ValueTask<T>> work, CancellationToken cancellationToken) =>
        AskAsync(
            (given, _) => given.Loop is { } loop
                ? work(loop, given.Session)
                : throw new ArgumentException("The client is being initialised: its error queue and trashbin are not at rest. Ask again when it is done."),
            cancellationToken);
}
