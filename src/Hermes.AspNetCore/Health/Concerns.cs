using System.Globalization;
using Hermes.AspNetCore.Api;
using Hermes.AspNetCore.Dashboard;
using Hermes.AspNetCore.Hosting;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;

namespace Hermes.AspNetCore.Health;

/// <summary>How grave a concern is.</summary>
internal enum ConcernKind
{
    /// <summary>It has failed, and cannot go on by itself.</summary>
    Dead,

    /// <summary>It does not do its work now.</summary>
    NotReady,

    /// <summary>It works, and something needs a look.</summary>
    Degraded,
}

/// <summary>Something that a server or client has wrong with it.</summary>
/// <param name="Participant">Whose it is, such as <c>server campus</c>.</param>
/// <param name="Link">The page about it.</param>
/// <param name="Kind">How grave it is.</param>
/// <param name="Text">What it is.</param>
internal sealed record Concern(string Participant, string Link, ConcernKind Kind, string Text);

/// <summary>What the statuses tell that needs somebody.</summary>
internal static class Concerns
{
    /// <summary>All concerns of a host, the gravest first.</summary>
    public static IReadOnlyList<Concern> OfAll(Participants all, HermesHealthOptions limits, DateTimeOffset now) =>
    [
        .. all.Servers.SelectMany(server => Of(server.Status, limits, now))
            .Concat(all.Clients.SelectMany(client => Of(client.Name, client.Status, limits)))
            .OrderBy(concern => concern.Kind),
    ];

    public static IEnumerable<Concern> Of(ServerStatus status, HermesHealthOptions limits, DateTimeOffset now)
    {
        if (OfState(status.State, ServerSummary.ProblemOf(status), status.IsFailing) is var (kind, text))
            yield return Make(kind, text);
        foreach (var held in status.AwaitingApproval.Where(held => held.MustBeApproved))
            yield return Make(ConcernKind.Degraded, $"removals await approval: {held}");
        if (status.NextUpdate is { } next && now - next > limits.MaxPollDelay)
            yield return Make(ConcernKind.Degraded, string.Create(CultureInfo.InvariantCulture, $"a poll is due since {next:u}"));
        if (status.OutboxLength > limits.MaxOutbox)
            yield return Make(ConcernKind.Degraded, string.Create(CultureInfo.InvariantCulture, $"{status.OutboxLength} events are still to be sent"));
        if (status.Resync is { } resync)
            yield return Make(ConcernKind.Degraded, $"clients get everything again: {resync.Reason}");

        Concern Make(ConcernKind kind, string text) => new($"server {status.Name}", Links.Server(status.Name), kind, text);
    }

    public static IEnumerable<Concern> Of(string name, ClientStatus status, HermesHealthOptions limits)
    {
        if (OfState(status.State, ClientSummary.ProblemOf(status), status.LastError is not null) is var (kind, text))
            yield return Make(kind, text);
        foreach (var held in status.HeldRemovals)
            yield return Make(ConcernKind.Degraded, $"removals await approval: {held}");
        if (status.QueuedEvents > limits.MaxQueuedEvents)
            yield return Make(ConcernKind.Degraded, string.Create(CultureInfo.InvariantCulture, $"{status.QueuedEvents} events are in the error queue"));
        foreach (var warning in status.Warnings)
            yield return Make(ConcernKind.Degraded, warning);

        Concern Make(ConcernKind kind, string text) => new($"client {name}", Links.Client(name), kind, text);
    }

    private static (ConcernKind Kind, string Text)? OfState(RunState state, string? reason, bool isFailing) => state switch
    {
        RunState.Failed => (ConcernKind.Dead, reason ?? "has failed"),
        RunState.NotStarted => (ConcernKind.NotReady, "was not started yet"),
        RunState.Stopped => (ConcernKind.NotReady, "was stopped"),
        RunState.Starting => (ConcernKind.NotReady, reason ?? "is starting"),
        RunState.WaitingForState => (ConcernKind.NotReady, reason ?? "waits for its state"),
        RunState.WaitingForInitSync => (ConcernKind.Degraded, "waits for an initsync"),
        RunState.Behind => (ConcernKind.Degraded, reason ?? "has missed messages"),
        RunState.Paused => (ConcernKind.Degraded, "is paused"),
        RunState.Retrying => (ConcernKind.NotReady, reason ?? "failed, and tries again"),
        _ when isFailing => (ConcernKind.NotReady, reason ?? "failed, and tries again"),
        _ => null,
    };
}
