using System.Diagnostics;
using Hermes.Abstractions.Buses;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>One message on its way through the steps, with what each of them made of it.</summary>
/// <param name="incoming">The message.</param>
/// <param name="delivery">Whether the target may have got its event before.</param>
internal sealed class RunEvent(Incoming incoming, Delivery delivery)
{
    public Incoming Incoming { get; } = incoming;

    public BusOffset Offset => Incoming.Offset;

    /// <summary>The event; null if the message is none.</summary>
    public HermesEvent? Event => Incoming.Decoded?.Event;

    public Delivery Delivery { get; } = delivery;

    /// <summary>Whether the target may have got the event before.</summary>
    public bool IsRedelivery => Delivery != Delivery.First;

    /// <summary>Why the message is set aside; null if it is not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether nothing is to be done, because it was done before or concerns others.</summary>
    public bool IsSkipped { get; private set; }

    /// <summary>Whether there is anything to do for the steps that follow.</summary>
    public bool IsInWork => Fault is null && !IsSkipped;

    /// <summary>The trace of this event, if anyone listens.</summary>
    public Activity? Trace { get; set; }

    /// <summary>What the event means for the client's own data model; null before it is converted.</summary>
    public ConvertedEvent? Converted { get; set; }

    public void SetAside(string fault) => Fault = fault;

    public void Skip() => IsSkipped = true;
}

/// <summary>Whether the target may have got an event before.</summary>
internal enum Delivery
{
    /// <summary>It has not.</summary>
    First,

    /// <summary>It may have, when the client ended the last time; what came of the call is in the journal, unless the call was in flight.</summary>
    Again,

    /// <summary>It may have, and so may it have got others that are still to come: nothing tells what came of the calls.</summary>
    Replay,
}
