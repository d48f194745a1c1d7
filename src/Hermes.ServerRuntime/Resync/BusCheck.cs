using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Notifications;
using Hermes.Events;
using Hermes.Runtime.Control;
using Hermes.Runtime.Notifications;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Resync;

/// <summary>
/// Compares what the bus last has of this server with what its state says, before anything is sent over a connection. What the bus has already leaves the
/// outbox; if it is no longer known what clients know, the state takes note that they must get everything again.
/// </summary>
internal sealed class BusCheck(
    string server,
    ServerSession session,
    IMessageBusProducer bus,
    StatusBoard<ServerStatus> status,
    NotificationHub notifications,
    TimeProvider time,
    ILogger logger)
{
    // More than are ever under way at once, and some of others between them.
    private const int MessagesRead = 5_000;

    private readonly string _source = MessageFactory.SourceOf(server);

    /// <summary>Looks at the bus.</summary>
    /// <exception cref="BusException">It cannot be read.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var confirmed = session.LastConfirmed;
        var tail = await ReadAsync(confirmed, cancellationToken);
        var reason = ResyncRule.ReasonOf(tail, session.Header, session.Progress, confirmed);
        if (reason is null && !await TryConfirmAsync(tail, confirmed, cancellationToken))
            reason = "The bus has another event under a number of one that waits in the state: the state was put back to an older copy, or a second server uses a copy of it.";

        var progress = session.Progress with { BusIncarnation = tail.Incarnation ?? session.Progress.BusIncarnation };
        if (reason is not null)
            progress = progress with { Resync = new ResyncProgress(reason, PredecessorOf(tail), time.GetUtcNow()) };
        await SaveAsync(progress, cancellationToken);
        if (reason is not null)
            await TellAsync(cancellationToken);
    }

    /// <summary>Takes note that the bus refused an event, since it has another one under its number.</summary>
    public async Task NoteConflictAsync(BusMessageConflictException conflict, CancellationToken cancellationToken)
    {
        var resync = new ResyncProgress(conflict.Message, session.Header.ProducerId, time.GetUtcNow());
        await SaveAsync(session.Progress with { Resync = resync }, cancellationToken);
        await TellAsync(cancellationToken);
    }

    private async Task<BusTail> ReadAsync(long confirmed, CancellationToken cancellationToken)
    {
        await using var reader = bus.OpenReader();
        var incarnation = await reader.GetIncarnationAsync(cancellationToken);
        var last = await reader.GetLastOffsetAsync(cancellationToken);
        var tail = new BusTail(_source, session.Header.ProducerId, confirmed) { Incarnation = incarnation, Last = last };
        if (last is { } end)
        {
            await foreach (var message in TailReading.ReadAsync(reader, end, MessagesRead, cancellationToken))
                tail.Observe(message.Message);
        }

        return tail;
    }

    /// <returns>Whether all that is there under numbers of the outbox is the same.</returns>
    private async Task<bool> TryConfirmAsync(BusTail tail, long confirmed, CancellationToken cancellationToken)
    {
        var through = confirmed;
        while (tail.Kept.ContainsKey(through + 1))
        {
            var waiting = await session.State.ReadOutboxAsync(through, OutboxPublisher.MostEvents, OutboxPublisher.MostBytes, cancellationToken);
            foreach (var stored in waiting)
            {
                if (!tail.Kept.TryGetValue(stored.Sequence, out var sent))
                    break;
                if (!SameEvent.Is(stored, sent))
                    return false;
                through = stored.Sequence;
            }
        }

        if (through > confirmed)
            await session.ConfirmAsync(through, (int)(through - confirmed), CancellationToken.None);
        return true;
    }

    // Clients that followed a program without numbers follow it by a name that stands for that.
    private string? PredecessorOf(BusTail tail)
    {
        if (tail.LastProducer is { } last)
            return last;
        if (tail.HasUnnumbered)
            return EventStamp.Unstamped;
        return session.Header.LastSequence > 0 ? session.Header.ProducerId : session.Progress.Predecessor;
    }

    private async Task SaveAsync(ServerProgress progress, CancellationToken cancellationToken)
    {
        if (progress == session.Progress)
            return;
        await using var transaction = await session.State.BeginAsync(cancellationToken);
        await session.CommitAsync(transaction, session.Header, progress, cancellationToken);
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var resync = session.Progress.Resync!;
        Log.ResyncDue(logger, server, resync.Reason);
        status.Update(current => current with { Resync = ServerResync.Of(resync), OutboxLength = session.OutboxLength });
        await notifications.TellAsync(NotificationTopic.Resync, [resync.Reason], cancellationToken);
    }
}
