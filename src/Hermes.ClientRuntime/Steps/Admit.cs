using System.Diagnostics;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Recovery;
using Hermes.Events;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Lets each event of the producer that the client follows pass once: repeats are skipped, events of others are set aside, and where messages are missing, nothing
/// passes any more.
/// </summary>
internal sealed class Admit : IClientStep
{
    // A number that is further ahead is a mistake or a forgery, and must not mute those that follow.
    private const long FurthestAhead = 1_000_000;

    private readonly ClientSession _session;
    private readonly OtherProducers _others;
    private readonly InitSyncWatch _watch;
    private readonly LatestNumbers _latest = new();

    public Admit(ClientSession session)
    {
        _session = session;
        _others = new OtherProducers(session);
        _watch = new InitSyncWatch(session, _others);
    }

    public ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var @event in run.Events)
        {
            if (!@event.IsInWork)
                continue;
            Judge(@event, @event.Incoming.Decoded!);
            if (@event.IsInWork)
                StartTrace(@event);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Whether an event of an initsync belongs to the one that the client was set up with.</summary>
    public static bool IsOfOwnInitSync(ClientSession session, BusOffset offset) =>
        session.Setup is { InitSync: var range } && offset > range.Start && offset < range.Stop;

    private void Judge(RunEvent @event, DecodedEvent decoded)
    {
        var isFollowed = _session.Follows(decoded.Producer);

        // Messages of the original program carry no stamp: nothing can be told of their order.
        if (isFollowed && _session.Following.Behind is null && decoded.Stamp is { } stamp)
            Count(@event, stamp);
        if (!@event.IsInWork)
            return;
        switch (decoded.Event)
        {
            case InitStartEvent start:
                _watch.Starts(@event.Incoming.Message, start, decoded);
                @event.Skip();
                break;
            case InitStopEvent:
                _watch.Stops(@event.Offset, decoded.Producer);
                @event.Skip();
                break;
            case { Category: EventCategory.Base } when !isFollowed && !MayBeOld(decoded):
                SetAside(@event, decoded.Producer);
                break;
            case var told when !isFollowed || _session.Following.Behind is not null || (told.Category == EventCategory.InitSync && !IsOfOwnInitSync(_session, @event.Offset)):
                @event.Skip();
                break;
        }
    }

    // A bus that was put back to an older time holds events of those whom the client followed then: they are no second server.
    private bool MayBeOld(DecodedEvent decoded) =>
        _session.Following.Behind is not null || _session.Position.Knows(decoded);

    private void Count(RunEvent @event, EventStamp stamp)
    {
        var (producer, sequence) = (stamp.ProducerId, stamp.Sequence);
        if (_session.Position.LastSequenceOf(producer) is { } last)
        {
            if (sequence <= last)
            {
                Repeat(@event, producer, sequence);
                return;
            }

            if (sequence > last + FurthestAhead)
            {
                @event.SetAside($"Its number {sequence} is too far ahead of {last}, the last one of producer {producer}.");
                return;
            }

            if (sequence > last + 1 && IsMissed(@event.Offset, producer, last, sequence))
                return;
        }

        _session.Position.SawSequence(@event.Offset, producer, sequence);
        if (IsFollowed(producer))
            _latest.Saw(sequence, @event.Incoming.Message.Message);
    }

    private void Repeat(RunEvent @event, string producer, long sequence)
    {
        _session.Services.Log.SkippedRepeat(_session.Model.Name, @event.Offset.Value, producer, sequence);
        if (IsFollowed(producer) && _latest.HasAnother(sequence, @event.Incoming.Message.Message))
            FallBehind.OfDoubledNumber(_session, @event.Offset, producer, sequence);
        @event.Skip();
    }

    // Where all producers count, too, it is only one whose initsyncs are taken.
    private bool IsFollowed(string producer) => string.Equals(producer, _session.Following.Producer, StringComparison.Ordinal);

    private bool IsMissed(BusOffset offset, string producer, long last, long sequence)
    {
        if (!IsFollowed(producer))
        {
            _session.Services.Log.SawGap(_session.Model.Name, producer, last, sequence);
            return false;
        }

        FallBehind.OfGap(_session, offset, producer, last, sequence);
        return true;
    }

    private void SetAside(RunEvent @event, string producer)
    {
        // What the producer of a resync tells before the end of it is gathered with it.
        if (_session.Following.Open is { IsTaken: true } open && string.Equals(open.Producer, producer, StringComparison.Ordinal))
        {
            @event.Skip();
            return;
        }

        _others.Tell(producer);
        @event.SetAside($"It comes from producer {producer}, and this client follows {_session.Following.Producer}.");
    }

    // It is open until the run ends. Those that follow in the run are no part of it.
    private void StartTrace(RunEvent @event)
    {
        var open = Activity.Current;
        if (_session.Services.Telemetry.StartEvent(@event.Incoming.Message.Message) is not { } trace)
            return;
        @event.Trace = trace;
        Activity.Current = open;
    }
}
