using System.Diagnostics;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Recovery;
using Hermes.Events;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Lets each event pass once: repeats of a producer are skipped, and gaps are told.</summary>
internal sealed class Admit(ClientSession session) : IClientStep
{
    private readonly InitSyncWatch _watch = new(session);

    public ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var @event in run.Events)
        {
            if (!@event.IsInWork)
                continue;
            if (IsToBeDone(@event.Incoming, @event.Incoming.Decoded!))
                StartTrace(@event);
            else
                @event.Skip();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Whether an event of an initsync belongs to the one that the client was set up with.</summary>
    public static bool IsOfOwnInitSync(ClientSession session, BusOffset offset) =>
        session.Setup is { InitSync: var range } && offset > range.Start && offset < range.Stop;

    private bool IsToBeDone(Incoming incoming, DecodedEvent decoded)
    {
        // Messages of the original program carry no stamp: nothing can be told of their order.
        if (decoded.Stamp is { } stamp && !IsNext(incoming, stamp))
            return false;
        switch (decoded.Event)
        {
            case InitStartEvent start:
                _watch.Starts(incoming.Offset, start, decoded.Producer);
                return false;
            case InitStopEvent:
                _watch.Stops(incoming.Offset, decoded.Producer);
                return false;
            default:
                return decoded.Event.Category == EventCategory.Base || IsOfOwnInitSync(session, incoming.Offset);
        }
    }

    private bool IsNext(Incoming incoming, EventStamp stamp)
    {
        var log = session.Services.Log;
        if (session.Position.LastSequenceOf(stamp.ProducerId) is { } last)
        {
            if (stamp.Sequence <= last)
            {
                log.SkippedRepeat(session.Model.Name, incoming.Offset.Value, stamp.ProducerId, stamp.Sequence);
                return false;
            }

            if (stamp.Sequence > last + 1)
                log.SawGap(session.Model.Name, incoming.Offset.Value, stamp.ProducerId, last, stamp.Sequence);
        }

        session.Position.SawSequence(incoming.Offset, stamp.ProducerId, stamp.Sequence);
        return true;
    }

    // It is open until the run ends. Those that follow in the run are no part of it.
    private void StartTrace(RunEvent @event)
    {
        var open = Activity.Current;
        if (session.Services.Telemetry.StartEvent(@event.Incoming.Message.Message) is not { } trace)
            return;
        @event.Trace = trace;
        Activity.Current = open;
    }
}
