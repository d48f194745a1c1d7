using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Control;

/// <summary>The control surface: each request becomes work that the client does between two events.</summary>
internal sealed class ClientControl(string name, ClientDesk desk, ClientRunner runner, IMessageBusConsumer bus) : IHermesClientControl
{
    public string Name => name;

    public ClientStatus Status => desk.Status;

    public Task PauseAsync(CancellationToken cancellationToken) => AskAsync(
        session =>
        {
            desk.Pause();
            session.Services.Log.Paused(name);
            return true;
        },
        cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => AskAsync(
        session =>
        {
            desk.Resume();
            session.Services.Log.Resumed(name);
            return true;
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => runner.StopAsync(cancellationToken);

    public async Task WhenCaughtUpAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await desk.Mailbox.AskAsync(
            async (_, _, token) =>
            {
                desk.AddWaiter(await bus.GetLastOffsetAsync(token), done);
                return true;
            },
            cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    public Task<IReadOnlyList<TypeStatus>> CountEntriesAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<TypeStatus>>(
        session =>
        [
            .. session.State.Tables.Select(table =>
            {
                var count = session.State.Count(table);
                return new TypeStatus(table.Side, table.Type, count.Live, count.Trashed);
            }),
        ],
        cancellationToken);

    public Task<IReadOnlyList<StoredEntry>> ListEntriesAsync(EntryTable table, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<StoredEntry>>(session => [.. StatePages.Read(session.State, table)], cancellationToken);

    public Task<IReadOnlyList<QueuedEventInfo>> ListErrorQueueAsync(CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<QueuedEventInfo>>(session => [.. StatePages.ReadQueue(session.State).Select(queued => Info(session, queued))], cancellationToken);

    public Task RetryAllAsync(CancellationToken cancellationToken) => AskLoopAsync(
        async (loop, token) =>
        {
            await loop.Retry.RunAllAsync(token);
            return true;
        },
        cancellationToken);

    public Task<bool> RetryAsync(long number, CancellationToken cancellationToken) => desk.Mailbox.AskAsync(
        async (loop, session, token) =>
        {
            if (loop is null || session.Queue.Find(number) is not { } queued)
                return false;
            await loop.Retry.RunEntryAsync(queued.Id, token);
            return true;
        },
        cancellationToken);

    public Task<bool> DiscardAsync(long number, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return AskLoopAsync((loop, _) => ValueTask.FromResult(loop.Discard.Run(number, reason)), cancellationToken);
    }

    public Task<IReadOnlyList<TrashedEntry>> ListTrashbinAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<TrashedEntry>>(
        session =>
        [
            .. from table in session.State.Tables
               where table.Side == EntrySide.Remote
               from entry in StatePages.Read(session.State, table, EntryScope.Trashed)
               select new TrashedEntry(table.Type, entry.Key, entry.Expected!.Entry, entry.Expected.TrashedSince!.Value),
        ],
        cancellationToken);

    public Task<bool> PurgeAsync(string remoteType, EntryKey key, CancellationToken cancellationToken) =>
        AskLoopAsync((loop, token) => loop.Purge.RunEntryAsync(remoteType, key, token), cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(CancellationToken cancellationToken) =>
        AskAsync(session => session.State.ReadDeadLetters(long.MinValue, int.MaxValue), cancellationToken);

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
        desk.Mailbox.AskAsync((_, session, _) => ValueTask.FromResult(work(session)), cancellationToken);

    private Task<T> AskLoopAsync<T>(Func<ClientLoop, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        desk.Mailbox.AskAsync(
            (loop, _, token) => loop is null
                ? throw new ArgumentException("The client is not initialised yet: it has neither an error queue nor a trashbin.")
                : work(loop, token),
            cancellationToken);
}
