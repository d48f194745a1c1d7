using Hermes.AspNetCore.Hosting;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;

namespace Hermes.AspNetCore.Api;

/// <summary>How all servers and clients of a host are doing, at a glance.</summary>
internal sealed record HostSummary(IReadOnlyList<ServerSummary> Servers, IReadOnlyList<ClientSummary> Clients)
{
    public static HostSummary Of(Participants all) =>
        new([.. all.Servers.Select(server => ServerSummary.Of(server.Status))], [.. all.Clients.Select(client => ClientSummary.Of(client.Name, client.Status))]);
}

/// <summary>How a server is doing.</summary>
internal sealed record ServerSummary(
    string Name, RunState State, string? Problem, long Entries, long Outbox, int AwaitingApproval, DateTimeOffset? LastUpdate, DateTimeOffset? NextUpdate)
{
    public static ServerSummary Of(ServerStatus status) => new(
        status.Name,
        status.State,
        ProblemOf(status),
        status.Types.Sum(type => (long)type.Entries),
        status.OutboxLength,
        status.AwaitingApproval.Count(held => held.MustBeApproved),
        status.LastUpdate,
        status.NextUpdate);

    /// <summary>Why it does not do its work now, or why its last poll failed; null if nothing is known to be the matter.</summary>
    public static string? ProblemOf(ServerStatus status) => status.IsFailing ? status.LastError?.Message : status.WaitsFor;
}

/// <summary>How a client is doing.</summary>
internal sealed record ClientSummary(
    string Name, RunState State, string? Problem, int QueuedEvents, long DeadLetters, long PendingReferences, int AwaitingApproval, int Warnings)
{
    public static ClientSummary Of(string name, ClientStatus status) => new(
        name,
        status.State,
        ProblemOf(status),
        status.QueuedEvents,
        status.DeadLetters,
        status.PendingReferences,
        status.HeldRemovals.Count,
        status.Warnings.Count);

    /// <summary>Why it does not do its work now; null if nothing is known to be the matter.</summary>
    public static string? ProblemOf(ClientStatus status) => status.LastError ?? status.WaitsFor ?? status.Behind;
}
