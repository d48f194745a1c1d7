using Hermes.AspNetCore;
using Hermes.AspNetCore.Api;
using Hermes.AspNetCore.Dashboard;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Brings the dashboard and the HTTP API of Hermes into a host.</summary>
public static class HermesDashboardExtensions
{
    /// <summary>Adds what <see cref="MapHermes"/> needs. Safe to call twice.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes settings.</param>
    public static IServiceCollection AddHermesDashboard(this IServiceCollection services, Action<HermesDashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<HermesDashboardOptions>();
        if (configure is not null)
            options.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(PageContext)))
            return services;

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Participants>();
        services.AddSingleton<Asking>();
        services.AddScoped<PageContext>();
        services.AddAntiforgery();
        services.AddRazorComponents();
        services.AddOpenApi(ApiDocument.Name, ApiDocument.Describe);
        services.AddOptions<AuthorizationOptions>()
            .PostConfigure<IOptions<HermesDashboardOptions>>((authorization, dashboard) => Policies.AddMissing(authorization, dashboard.Value));
        return services;
    }

    /// <summary>
    /// Maps the dashboard, and the HTTP API at <c>api/v1</c> below it. Without <c>RequireAuthorization()</c> or <c>AllowAnonymous()</c> on what this returns, only
    /// requests of the same machine are answered, over loopback or a Unix socket and addressed to localhost.
    /// </summary>
    /// <param name="endpoints">The routes of the host.</param>
    /// <param name="pattern">Where. Default: <c>/hermes</c>.</param>
    /// <returns>The group of all these routes, to say who may come in.</returns>
    /// <exception cref="InvalidOperationException"><see cref="AddHermesDashboard"/> was not called.</exception>
    public static RouteGroupBuilder MapHermes(this IEndpointRouteBuilder endpoints, string pattern = "/hermes")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(PageContext)) != true)
            throw new InvalidOperationException("Call services.AddHermesDashboard() before app.MapHermes().");

        var group = endpoints.MapGroup(pattern);
        HostRoutes.Map(group);
        ServerRoutes.Map(group);
        ClientRoutes.Map(group);
        ClientActionRoutes.Map(group);
        ComparisonRoutes.Map(group);
        HostRoutes.MapRest(group);
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<HermesDashboardOptions>>().Value.HasPages)
        {
            HostPages.Map(group);
            ServerPages.Map(group);
            ClientPages.Map(group);
            ClientFormRoutes.Map(group);
        }

        ((IEndpointConventionBuilder)group).Finally(Gate.Close);
        return group;
    }
}
