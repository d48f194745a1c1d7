using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>Lets a client that has missed messages apply nothing more until it has a complete initsync.</summary>
internal static class FallBehind
{
    private const string WhatToDo = "Nothing more is applied. "
        + "The client goes on by itself with the next complete initsync on the bus: ask the server for one, unless it sends a resync by itself.";

    /// <summary>The numbers of the producer have a gap.</summary>
    public static void OfGap(ClientSession session, BusOffset offset, string producer, long last, long sequence) => Run(
        session, $"Messages before offset {offset} are missing: producer {producer} went from number {last} to {sequence}.", isOtherBus: false);

    /// <summary>A number has come twice, with different events.</summary>
    public static void OfDoubledNumber(ClientSession session, BusOffset offset, string producer, long sequence) => Run(
        session,
        $"Number {sequence} of producer {producer} came twice with different events, the second time at offset {offset}: two servers with copies of one state write to the bus. "
        + "End the one that should not run.",
        isOtherBus: false);

    /// <summary>The initsync that was to be taken cannot be used.</summary>
    public static void OfInitSync(ClientSession session, string reason) => Run(session, reason, session.Following.Behind is { IsOtherBus: true });

    /// <summary>Where the client was on the bus is nothing any more: reading begins at the first message that is there.</summary>
    /// <param name="session">The client.</param>
    /// <param name="loss">What the bus said.</param>
    public static void OfLostPlace(ClientSession session, BusException loss)
    {
        Run(session, loss.Message, isOtherBus: loss is BusPositionBeyondEndException);
        session.Position.BeginAnew();
    }

    /// <summary>The bus is another one than the client knew.</summary>
    public static void OfOtherBus(ClientSession session, string incarnation)
    {
        Run(session, "The bus is another one than the client has read until now: it was made anew, or put in the place of the former one.", isOtherBus: true);
        session.Follow(session.Following with { Incarnation = incarnation });
        session.Position.BeginAnew();
    }

    /// <summary>The bus has other messages before the client's place than those that were there: reading begins at the first message that is there.</summary>
    public static void OfOtherMessages(ClientSession session)
    {
        var place = session.Position.Next;
        Run(session, $"The bus has other messages before offset {place} than the client has read there: it was put back to an older copy.", isOtherBus: true);
        session.Position.BeginAnew();
    }

    private static void Run(ClientSession session, string reason, bool isOtherBus)
    {
        var following = session.Following;

        // What was in flight when the client ended, and is not delivered again because of this, may be with the target.
        var mayHaveDelivered = session.Position.MayRedeliver || following.Behind is { MayHaveDelivered: true };
        session.Services.Log.FellBehind(session.Model.Name, reason, WhatToDo);
        session.Follow(following with
        {
            Behind = new Lag($"{reason} {WhatToDo}", session.Now, isOtherBus, mayHaveDelivered),
            Latest = null,
            Open = null,
            Reinitialisation = null,
        });
    }
}
