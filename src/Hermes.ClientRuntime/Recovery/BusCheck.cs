using Hermes.Abstractions.Buses;

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
