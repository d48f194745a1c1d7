using System.Collections.Immutable;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Control;

/// <summary>What a server is doing and what it found. Holds no secret value.</summary>
public sealed record ServerStatus
{
    /// <summary>The name of the server.</summary>
    public required string Name { get; init; }

    /// <summary>What it is doing.</summary>
    public RunState State { get; init; }

    /// <summary>Why it waits for its state, in words; null if it does not.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>When it started, or null if it has not yet.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Since when it is paused, or null.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    /// <summary>When the last successful poll ended, in this run or an earlier one, or null if there was none.</summary>
    public DateTimeOffset? LastUpdate { get; init; }

    /// <summary>When the next poll is due, or null if none is.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>How many events wait to be sent.</summary>
    public long OutboxLength { get; init; }

    /// <summary>What failed last, or null if nothing did since the start.</summary>
    public ServerFailure? LastError { get; init; }

    /// <summary>Whether the last try failed.</summary>
    public bool IsFailing { get; init; }

    /// <summary>Why clients get everything again, until that is on the bus; null if they need not.</summary>
    public ServerResync? Resync { get; init; }

    /// <summary>The data types, in declaration order.</summary>
    public ImmutableArray<ServerTypeStatus> Types { get; init; } = [];

    /// <summary>The removals that wait for approval: per type those of entries, then those of attributes; empty if none do.</summary>
    public ImmutableArray<HeldRemovals> AwaitingApproval { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = $"{Name}: {State}, {Types.Sum(type => type.Entries)} entries, {OutboxLength} events to be sent, {AwaitingApproval.Length} sets of removals to be decided";
        return IsFailing && LastError is { } error ? $"{text}: {error.Message}" : WaitsFor is { } reason ? $"{text}: {reason}" : text;
    }

    /// <summary>The removals that were rejected, and whose entries or attributes the sources still do not return.</summary>
    public ImmutableArray<HeldRemovals> RejectedRemovals { get; init; } = [];
}

/// <summary>A resync that is due or under way: the server does not know what clients know.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">When it was found.</param>
public sealed record ServerResync(string Reason, DateTimeOffset Since)
{
    internal static ServerResync? Of(ResyncProgress? progress) => progress is null ? null : new ServerResync(progress.Reason, progress.Since);
}

/// <summary>Something that failed.</summary>
/// <param name="Time">When.</param>
/// <param name="Message">What, where, and what to do.</param>
public sealed record ServerFailure(DateTimeOffset Time, string Message);
