using Hermes.Abstractions.Buses;
using Hermes.Events;

namespace Hermes.ClientRuntime.State;

/// <summary>Whom a client follows on the bus, and what it has to make good. Changes seldom.</summary>
public sealed record Following
{
    /// <summary>The producer whose events count.</summary>
    public string Producer { get; init; } = EventStamp.Unstamped;

    /// <summary>The latest complete initsync of the producer that was passed, under the schema in force; null if there is none.</summary>
    public PassedInitSync? Latest { get; init; }

    /// <summary>The initsync whose start was passed, but not its end; null if there is none.</summary>
    public OpenInitSync? Open { get; init; }

    /// <summary>Why the client was asked to take the next complete initsync as the whole truth; null if it was not, or has done it.</summary>
    public string? Wanted { get; init; }

    /// <summary>The re-initialisation that was begun; null if none was.</summary>
    public Reinitialisation? Reinitialisation { get; init; }
}

/// <summary>An initsync whose end has not come yet.</summary>
/// <param name="Start">The offset of its start.</param>
/// <param name="Producer">Who sends it.</param>
/// <param name="IsTaken">Whether it is taken as the whole truth once it is complete.</param>
public sealed record OpenInitSync(BusOffset Start, string Producer, bool IsTaken);
