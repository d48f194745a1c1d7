using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.Events;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>Finds out whether the bus is the one that the client knows, and its place on it is still there.</summary>
internal static class BusCheck
{
    /// <summary>Lets the client fall behind if it is not.</summary>
    /// <param name="session">The client; it is set up.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="loss">How the bus said that the place is lost; null if it did not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BusException">The bus cannot be asked.</exception>
    public static async ValueTask RunAsync(ClientSession session, IMessageBusConsumer bus, BusException? loss, CancellationToken cancellationToken)
    {
        var known = session.Following.Incarnation;
        var incarnation = await bus.GetIncarnationAsync(cancellationToken) ?? known;
        if (known is not null && !string.Equals(known, incarnation, StringComparison.Ordinal))
        {
            FallBehind.OfOtherBus(session, incarnation!);
            return;
        }

        if (known is null && incarnation is not null)
            session.Follow(session.Following with { Incarnation = incarnation });
        if (loss is not null)
            FallBehind.OfLostPlace(session, loss);
        else if (await PlaceCheck.IsAnotherAsync(session, bus, cancellationToken))
            FallBehind.OfOtherMessages(session);
    }
}

/// <summary>
/// Finds out whether the bus still has the message before the client's place that the client has read there. A bus that was put back to an older copy may have grown past
/// that place since, so that nothing else tells; and if the server's state was put back with it, even the numbers are those that the client knows.
/// </summary>
internal static class PlaceCheck
{
    /// <summary>Whether the bus has another message there, one that the client cannot have read.</summary>
    public static async ValueTask<bool> IsAnotherAsync(ClientSession session, IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        if (session.Following.Behind is not null || session.Position.Next is not { Value: > 0 } next)
            return false;
        var mark = session.Position.LastMessage;
        var before = mark?.Offset ?? new BusOffset(next.Value - 1);
        try
        {
            if (await bus.GetLastOffsetAsync(cancellationToken) is not { } end || end < before)
                return false;
            await foreach (var message in bus.ReadAsync(BusPosition.At(before), cancellationToken))
                return message.Offset == before && (mark is { } known ? MessageMark.Of(message) != known : await IsUnknownAsync(session, message));
        }
        catch (BusException)
        {
            // The place is lost, or the bus does not answer: told when reading goes on there.
        }

        return false;
    }

    private static async ValueTask<bool> IsUnknownAsync(ClientSession session, ReceivedMessage message) =>
        session.Services.Messages.Read(message).Decoded?.Stamp is { } stamp && !await MayBeKnownAsync(session, message.Offset, stamp);

    private static async ValueTask<bool> MayBeKnownAsync(ClientSession session, BusOffset offset, EventStamp stamp)
    {
        var following = session.Following;
        var isKnown = session.Position.LastSequenceOf(stamp.ProducerId) is { } last
            ? stamp.Sequence <= last
            : following.Others.ContainsKey(stamp.ProducerId)
                || stamp.ProducerId == following.Producer || stamp.ProducerId == following.Open?.Producer || stamp.ProducerId == following.Latest?.Producer;
        return isKnown || (await session.Written.ReadDeadLettersAsync(1, offset.Value - 1)) is [var letter] && letter.Offset == offset;
    }
}
