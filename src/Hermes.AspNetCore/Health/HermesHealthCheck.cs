using Hermes.AspNetCore.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hermes.AspNetCore.Health;

/// <summary>Tells whether servers and clients have concerns of one kind, or graver ones, from their statuses alone: it never waits.</summary>
internal sealed class HermesHealthCheck(Participants all, ConcernKind kind, HermesHealthOptions limits, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var concerns = Concerns.OfAll(all, limits, time.GetUtcNow()).Where(concern => concern.Kind <= kind).ToList();
        var data = new Dictionary<string, object>();
        foreach (var server in all.Servers)
            data[$"server {server.Name}"] = server.Status.ToString();
        foreach (var client in all.Clients)
            data[$"client {client.Name}"] = client.Status.ToString();
        var text = string.Join("; ", concerns.Select(concern => $"{concern.Participant}: {concern.Text}"));
        return Task.FromResult(concerns.Count == 0
            ? HealthCheckResult.Healthy(data: data)
            : new HealthCheckResult(context.Registration.FailureStatus, text, data: data));
    }
}
