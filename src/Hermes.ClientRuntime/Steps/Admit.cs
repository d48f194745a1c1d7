using Hermes.Abstractions.Buses;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Lets each event pass once: repeats of a producer are skipped, and gaps are told.</summary>
internal sealed class Admit(ClientSession session)
{
    /// <returns>Whether the event is to be processed.</returns>
    public bool Run(Incoming incoming)
    {
        var decoded = incoming.Decoded!;

        // Messages of the original program carry no stamp: nothing can be told of their order.
        if (decoded.Stamp is { } stamp && !IsNext(incoming, stamp))
            return false;
        return decoded.Event switch
        {
            InitStartEvent or InitStopEvent => false,
            { Category: EventCategory.InitSync } => IsOfOwnInitSync(session, incoming.Offset),
            _ => true,
        };
    }

    /// <summary>Whether an event of an initsync belongs to the one that the client was set up with.</summary>
    public static bool IsOfOwnInitSync(ClientSession session, BusOffset offset) =>
        session.State.Setup is { InitSync: var range } && offset > range.Start && offset < range.Stop;

    private bool IsNext(Incoming incoming, EventStamp stamp)
    {
        var log = session.Services.Log;
        if (session.LastSequenceOf(stamp.ProducerId) is { } last)
        {
            if (stamp.Sequence <= last)
            {
                log.SkippedRepeat(session.Model.Name, incoming.Offset.Value, stamp.ProducerId, stamp.Sequence);
                return false;
            }

            if (stamp.Sequence > last + 1)
                log.SawGap(session.Model.Name, incoming.Offset.Value, stamp.ProducerId, last, stamp.Sequence);
        }

        session.SawSequence(incoming.Offset, stamp.ProducerId, stamp.Sequence);
        return true;
    }
}
