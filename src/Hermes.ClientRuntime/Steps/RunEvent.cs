using System.Diagnostics;
using Hermes.Abstractions.Buses;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>One message on its way through the steps, with what each of them made of it.</summary>
/// <param name="incoming">The message.</param>
/// <param name="isRedelivery">Whether the target may have got its event before.</param>
/// <param name="isReplay">Whether others that it may have got before are to come first.</param>
internal sealed class RunEvent(Incoming incoming, bool isRedelivery, bool isReplay)
{
    public Incoming Incoming { get; } = incoming;

    public BusOffset Offset => Incoming.Offset;

    /// <summary>The event; null if the message is none.</summary>
    public HermesEvent? Event => Incoming.Decoded?.Event;

    public bool IsRedelivery { get; } = isRedelivery;

    public bool IsReplay { get; } = isReplay;

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
