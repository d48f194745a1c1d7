using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.Recovery;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Control;

/// <summary>The control surface: each request becomes work that the client does between two events.</summary>
internal sealed class ClientControl(string name, ClientSurface surface, Func<CancellationToken, Task> stop) : IHermesClientControl
{
    public string Name => name;

    public ClientStatus Status => surface.Status.Current;

    public Task PauseAsync(CancellationToken cancellationToken) => AskAsync(
        session =>
        {
            surface.Status.Pause();
            session.Services.Log.Paused(name);
            return true;
        },
        cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => AskAsync(
        session =>
        {
            surface.Status.Resume();
            session.Services.Log.Resumed(name);
            return true;
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => stop(cancellationToken);

    public async Task WhenCaughtUpAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await surface.Mailbox.AskAsync(
            async (work, token) =>
            {
                surface.CatchUp.Add(await work.Bus.GetLastOffsetAsync(token), done);
                return true;
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

    public Task RetryAllAsync(CancellationToken cancellationToken) => AskLoopAsync(
        async (loop, token) =>
        {
            await loop.Retry.RunAllAsync(token);
            return true;
        },
        cancellationToken);

    public Task<bool> RetryAsync(long number, CancellationToken cancellationToken) => surface.Mailbox.AskAsync(
        async (work, token) =>
        {
            if (work.Loop is not { } loop || work.Session.Queue.Find(number) is not { } queued)
                return false;
            await loop.Retry.RunEntryAsync(queued.Id, token);
            return true;
        },
        cancellationToken);

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
        AskLoopAsync((loop, token) => loop.Purge.RunEntryAsync(remoteType, key, token), cancellationToken);

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
            @event.Local?.Entry);
    }

    private Task<T> AskAsync<T>(Func<ClientSession, T> work, CancellationToken cancellationToken) =>
        surface.Mailbox.AskAsync((given, _) => ValueTask.FromResult(work(given.Session)), cancellationToken);

    private Task<IReadOnlyList<T>> ReadAsync<T>(Func<ClientSession, List<T>, ValueTask> read, CancellationToken cancellationToken) =>
        surface.Mailbox.AskAsync<IReadOnlyList<T>>(
            async (work, _) =>
            {
                var found = new List<T>();
                await read(work.Session, found);
                return found;
            },
            cancellationToken);

    private Task<T> AskLoopAsync<T>(Func<ClientLoop, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        surface.Mailbox.AskAsync(
            (given, token) => given.Loop is { } loop
                ? work(loop, token)
                : throw new ArgumentException("The client is being initialised: its error queue and trashbin are not at rest. Ask again when it is done."),
            cancellationToken);
}
