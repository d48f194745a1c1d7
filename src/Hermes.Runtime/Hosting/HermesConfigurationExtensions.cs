using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Hosting;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the configuration of a host without starting it.</summary>
public static class HermesConfigurationExtensions
{
    /// <summary>
    /// Finds everything that is wrong with the servers, clients and notifiers of a host that was not started: what would stop its start, one after the other. Nothing is
    /// connected or opened.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The errors, each once; none if the configuration can be used.</returns>
    public static async Task<IReadOnlyList<ConfigurationError>> CheckHermesAsync(this IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var errors = new List<ConfigurationError>();
        try
        {
            _ = services.GetServices<INotifier>();
        }
        catch (HermesConfigurationException wrong)
        {
            errors.AddRange(wrong.Errors);
        }

        foreach (var participant in services.GetServices<IHostedService>().OfType<HostedParticipant>())
            errors.AddRange(await participant.CheckAsync());
        return [.. errors.Distinct()];
    }
}
