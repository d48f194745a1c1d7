using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Hermes.Abstractions.Buses;
using Hermes.Events;

namespace Hermes.ClientRuntime.State;

/// <summary>Whom a client follows on the bus, and what it has to make good. Changes seldom.</summary>
public sealed record Following
{
    /// <summary>The producer whose events count.</summary>
    public string Producer { get; init; } = EventStamp.Unstamped;

    /// <summary>What tells the bus from one made anew; null if it cannot tell.</summary>
    public string? Incarnation { get; init; }

    /// <summary>Why the client does not know what it missed; null if it missed nothing.</summary>
    public Lag? Behind { get; init; }

    /// <summary>Who else writes to the bus, with what people are told about it.</summary>
    public ImmutableSortedDictionary<string, string> Others { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Removals of a re-initialisation that wait for a decision, children first.</summary>
    public ImmutableArray<HeldRemovalSet> Held { get; init; } = [];

    /// <summary>Whether there are entries whose removal is held, or was decided against.</summary>
    public bool HasHeld { get; init; }

    /// <summary>What was decided about local types that have left the client's data model while the target has entries of them.</summary>
    public ImmutableSortedDictionary<string, RemovalDecision> Drops { get; init; } = ImmutableSortedDictionary<string, RemovalDecision>.Empty;

    /// <summary>
    /// The attributes that have left local types while events were under way whose outcome is not known: the target may have got them with an addition.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Retired { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Whether all is decided about the removals that wait.</summary>
    [JsonIgnore]
    public bool IsHeldDecided => !Held.IsEmpty && Held.All(set => !set.MustBeApproved || set.Decision is not null);

    /// <summary>The latest complete initsync of the producer that was passed, under the schema in force; null if there is none.</summary>
    public PassedInitSync? Latest { get; init; }

    /// <summary>
    /// The starts of the initsyncs that were passed, from that of the first initialisation on, in their order on the bus: what is not among them, on a bus that was put back,
    /// is new, whatever its number.
    /// </summary>
    public ImmutableArray<MessageMark> Starts { get; init; } = [];

    /// <summary>The initsync whose start was passed, but not its end; null if there is none.</summary>
    public OpenInitSync? Open { get; init; }

    /// <summary>What the client was asked to take as the whole truth; null if it was not asked, or has done it.</summary>
    public WantedInitSync? Wanted { get; init; }

    /// <summary>The re-initialisation that was begun; null if none was.</summary>
    public Reinitialisation? Reinitialisation { get; init; }
}

/// <summary>A client does not know what it missed.</summary>
/// <param name="Reason">Why, and what to do, for people.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsOtherBus">Whether the bus is another one than before, so that the producer may be another one too.</param>
/// <param name="MayHaveDelivered">Whether events may have been given to the target whose outcome will never be known.</param>
public sealed record Lag(string Reason, DateTimeOffset Since, bool IsOtherBus, bool MayHaveDelivered);

/// <summary>The next complete initsync is to be taken as the whole truth.</summary>
/// <param name="Reason">Who wants it, and why.</param>
/// <param name="Producer">Who has to send it; null if whoever may.</param>
public sealed record WantedInitSync(string Reason, string? Producer)
{
    /// <summary>Whether it is one of this producer.</summary>
    public bool MayBeOf(string producer) => Producer is null || string.Equals(Producer, producer, StringComparison.Ordinal);
}

/// <summary>An initsync whose end has not come yet.</summary>
/// <param name="Start">The offset of its start.</param>
/// <param name="Producer">Who sends it.</param>
/// <param name="IsTaken">Whether it is taken as the whole truth once it is complete.</param>
public sealed record OpenInitSync(BusOffset Start, string Producer, bool IsTaken);
