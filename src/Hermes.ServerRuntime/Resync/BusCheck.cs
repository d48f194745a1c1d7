using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.Events;
using Hermes.Events.Json;
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
/// <param name="server">The name of the server.</param>
/// <param name="key">The key with which it signs; null if it does not.</param>
/// <param name="session">Its state.</param>
/// <param name="bus">The bus.</param>
/// <param name="status">Where it is told that everything must be sent again.</param>
/// <param name="notifications">As status.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class BusCheck(
    string server,
    byte[]? key,
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
        var tail = new BusTail(_source, session.Header.ProducerId, confirmed)
        {
            Key = key,
            Known = session.Header.LastSequence,
            Incarnation = incarnation,
            Last = last,
        };
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

/// <summary>Tells whether an event on the bus is one of the outbox, which lacks the secret values.</summary>
internal static class SameEvent
{
    public static bool Is(OutboxEvent stored, DecodedEvent sent) =>
        sent.Stamp!.Time.UtcTicks == stored.Time.UtcTicks && Covers(sent.Event, EventJson.Decode(stored.Body).Event);

    private static bool Covers(HermesEvent sent, HermesEvent stored) => (sent, stored) switch
    {
        (AddedEvent a, AddedEvent b) => a.Category == b.Category && IsOf(a, b) && Covers(a.Attributes, b.Attributes),
        (ModifiedEvent a, ModifiedEvent b) =>
            IsOf(a, b) && Covers(a.Changes.Added, b.Changes.Added) && Covers(a.Changes.Modified, b.Changes.Modified)
            && b.Changes.Removed.All(name => a.Changes.Removed.Contains(name)),
        _ => EventJson.Encode(sent, null).AsSpan().SequenceEqual(EventJson.Encode(stored, null)),
    };

    private static bool IsOf(EntryEvent sent, EntryEvent stored) => sent.Type == stored.Type && sent.Key.Equals(stored.Key);

    private static bool Covers(Entry sent, Entry stored) => stored.All(attribute => sent.Get(attribute.Key).Equals(attribute.Value));
}

/// <summary>Decides whether a server still knows what clients know, by what is on the bus and what its state says.</summary>
internal static class ResyncRule
{
    /// <summary>Why it does not, in words; null if it does.</summary>
    /// <param name="tail">What the bus last has.</param>
    /// <param name="header">What the state says.</param>
    /// <param name="progress">What the state says of the bus.</param>
    /// <param name="confirmed">The number of the last event that left the outbox; 0 if none did.</param>
    public static string? ReasonOf(BusTail tail, ServerStateHeader header, ServerProgress progress, long confirmed)
    {
        if (progress.BusIncarnation is { } known && tail.Incarnation is { } found && known != found)
            return "The bus is another one than before: it was made anew or replaced.";
        if (header.LastSequence == 0 && tail.LastProducer is null && tail.HasUnnumbered && !header.IsFilled)
            return "The state is new, and the bus has events of another program.";
        if (tail.LastProducer is { } last && last != header.ProducerId && !(last == progress.Predecessor && confirmed == 0))
        {
            return header.LastSequence == 0
                ? "The state is new, and the bus has events that this server sent from another one: the state was lost."
                : "The bus has later events that this server sent from another state: this one was put back to an older copy, or a second server has the same name.";
        }

        if (tail.Highest > header.LastSequence)
            return $"The bus has events up to number {tail.Highest}, and the state ends at {header.LastSequence}: the state was put back to an older copy.";
        if (tail.Forked is { } number)
            return $"The bus has two different events with the number {number}: a second server uses a copy of this state.";
        return IsBehind(tail, confirmed) ? $"The bus lacks events up to number {confirmed}, which it had: it was emptied or put back to an older copy." : null;
    }

    // Where none of the events is among the last ones, the bus may have removed them as old; it cannot have fewer messages in all than it took.
    private static bool IsBehind(BusTail tail, long confirmed)
    {
        if (confirmed == 0)
            return false;
        if (tail.Highest > 0)
            return tail.Highest < confirmed;
        return tail.Last is { } last ? last.Value + 1 < confirmed : tail.Incarnation is null;
    }
}
