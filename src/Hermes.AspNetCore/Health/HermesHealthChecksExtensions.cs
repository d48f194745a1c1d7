using Hermes.AspNetCore.Health;
using Hermes.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of Hermes.</summary>
public static class HermesHealthChecksExtensions
{
    /// <summary>
    /// Adds three checks of all servers and clients of the host. <c>hermes-live</c> (tag <c>live</c>) is unhealthy if one has failed for good; <c>hermes-ready</c>
    /// (tag <c>ready</c>) if one does not do its work now, since its state, bus, source or target cannot be used; <c>hermes-degraded</c> (tag <c>degraded</c>) is degraded if
    /// something needs a look: it is behind or paused, removals await approval, a poll is overdue, or too much waits. All have the tag <c>hermes</c>, and how each is doing
    /// as data.
    /// </summary>
    /// <param name="builder">The health checks of the host.</param>
    /// <param name="configure">Changes the limits.</param>
    public static IHealthChecksBuilder AddHermes(this IHealthChecksBuilder builder, Action<HermesHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var limits = new HermesHealthOptions();
        configure?.Invoke(limits);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<Participants>();
        Add("live", ConcernKind.Dead, HealthStatus.Unhealthy);
        Add("ready", ConcernKind.NotReady, HealthStatus.Unhealthy);
        Add("degraded", ConcernKind.Degraded, HealthStatus.Degraded);
        return builder;

        void Add(string tag, ConcernKind kind, HealthStatus failure) => builder.Add(new HealthCheckRegistration(
            $"hermes-{tag}",
            services => new HermesHealthCheck(services.GetRequiredService<Participants>(), kind, limits, services.GetRequiredService<TimeProvider>()),
            failure,
            ["hermes", tag]));
    }
}
