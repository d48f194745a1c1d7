using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;

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
/// Finds out whether the bus still has the last message that the client has read there. A bus that was put back to an older copy may have grown past that place since, so that
/// nothing else tells; and if the server's state was put back with it, even the numbers are those that the client knows.
/// </summary>
internal static class PlaceCheck
{
    /// <summary>Whether the bus has another message there.</summary>
    public static async ValueTask<bool> IsAnotherAsync(ClientSession session, IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        if (session.Following.Behind is not null || session.Position.LastMessage is not { } known)
            return false;
        try
        {
            if (await bus.GetLastOffsetAsync(cancellationToken) is not { } end || end < known.Offset)
                return false;
            await foreach (var message in bus.ReadAsync(BusPosition.At(known.Offset), cancellationToken))
                return message.Offset == known.Offset && MessageMark.Of(message) != known;
        }
        catch (BusException)
        {
            // The place is lost, or the bus does not answer: told when reading goes on there.
        }

        return false;
    }
}
