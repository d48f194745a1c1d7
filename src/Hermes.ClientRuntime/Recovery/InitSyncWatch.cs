using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.Events;
using Hermes.Events.InitSync;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>Watches the initsync sequences that pass, and has one taken as the whole truth, once it is complete, where that is due.</summary>
internal sealed class InitSyncWatch(ClientSession session, OtherProducers others)
{
    // Of the oldest ones, those who fall behind do not need to know.
    private const int MostStarts = 32;

    /// <summary>Has the latest complete sequence of a producer taken, or the next one if there is none.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Want(ClientSession session, string reason, string? producer)
    {
        var following = session.Following;
        if (following.Reinitialisation is not null)
            return true;
        session.Services.Log.ReinitialisationWanted(session.Model.Name, reason);

        // What is behind it is not known by one that is behind: only what comes is.
        var wanted = new WantedInitSync(reason, producer);
        var latest = following.Behind is null && following.Latest is { } passed && wanted.MayBeOf(passed.Producer) ? passed : null;
        session.Follow(following with
        {
            Wanted = wanted,
            Open = following.Open is { } open ? open with { IsTaken = wanted.MayBeOf(open.Producer) } : null,
            Reinitialisation = latest is null ? null : new Reinitialisation(latest, session.Position.Next!.Value),
        });
        return latest is not null;
    }

    /// <summary>A sequence starts; one that did not come to its end was interrupted.</summary>
    public void Starts(ReceivedMessage message, InitStartEvent start, DecodedEvent decoded)
    {
        var following = session.Following;
        var mark = MessageMark.Of(message);
        var producer = decoded.Producer;
        var isFollowed = string.Equals(producer, following.Producer, StringComparison.Ordinal);
        var isTaken = !IsOlderThanKnown(following, mark, decoded, isFollowed)
            && (following.Wanted?.MayBeOf(producer) ?? (isFollowed ? IsTakenOfFollowed(following, start) : IsTakenOfOther(following, start)));
        following = following with { Starts = With(following.Starts, mark) };
        session.Follow(isFollowed || isTaken ? following with { Open = new OpenInitSync(mark.Offset, producer, isTaken) } : following);
        if (isFollowed || isTaken)
            return;
        if (start.IsResync)
            others.TellResync(producer);
        else
            others.Tell(producer);
    }

    /// <summary>A sequence is complete.</summary>
    public void Stops(BusOffset offset, string producer)
    {
        if (session.Following is not { Open: { } open } following || !string.Equals(open.Producer, producer, StringComparison.Ordinal))
            return;
        var passed = new PassedInitSync(new InitSyncRange(open.Start, offset), producer);
        session.Follow(following with
        {
            Open = null,
            Latest = passed,
            Reinitialisation = open.IsTaken ? new Reinitialisation(passed, offset.Next) : null,
        });
    }

    // A bus that was put back to an older time holds what the client has seen already. If its server was put back with it, what is new has numbers that are known, too.
    private bool IsOlderThanKnown(Following following, MessageMark mark, DecodedEvent decoded, bool isFollowed) =>
        (following.Behind is not null || !isFollowed) && session.Position.Knows(decoded) && !IsSurelyNew(following.Starts, mark);

    private static bool IsSurelyNew(ImmutableArray<MessageMark> passed, MessageMark mark) => passed is [var oldest, ..] && mark.Offset > oldest.Offset && !passed.Contains(mark);

    // What was passed where another one is now, or behind it, is gone from the bus.
    private static ImmutableArray<MessageMark> With(ImmutableArray<MessageMark> passed, MessageMark mark) => passed.Contains(mark)
        ? passed
        : [.. passed.Where(other => other.Offset < mark.Offset).TakeLast(MostStarts - 1), mark];

    private static bool IsTakenOfFollowed(Following following, InitStartEvent start) => start.IsResync || following.Behind is not null;

    // Whoever else sends one could empty the target with it.
    private static bool IsTakenOfOther(Following following, InitStartEvent start) =>
        following.Behind is { IsOtherBus: true }
        || (start.IsResync && (following.Behind is not null || string.Equals(start.Predecessor, following.Producer, StringComparison.Ordinal)));
}
