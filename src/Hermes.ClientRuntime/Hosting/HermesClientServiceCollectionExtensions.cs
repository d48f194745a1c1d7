using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Hosting;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Hermes clients to a host.</summary>
public static class HermesClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds a client that runs with the host. Its control surface is the keyed service <see cref="IHermesClientControl"/> of its name,
    /// and the plain one if it is the only client.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the client, unique in the host. Adding to the same name again goes on with it.</param>
    /// <param name="build">Puts the client together.</param>
    public static IServiceCollection AddHermesClient(this IServiceCollection services, string name, Action<IHermesClientBuilder> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        build(Register(services, name));
        return services;
    }

    /// <summary>
    /// Adds a client that is configured by a section: settings, data types, and its bus, target and state by their kinds.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the client.</param>
    /// <param name="section">The section, such as <c>Hermes:Clients:portal</c>.</param>
    /// <param name="build">Registers the kinds that the section names, and adds what is not in the section.</param>
    public static IServiceCollection AddHermesClient(
        this IServiceCollection services, string name, IConfigurationSection section, Action<IHermesClientBuilder>? build = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        var registration = Register(services, name);
        registration.Section = section;
        build?.Invoke(registration);
        return services;
    }

    private static ClientRegistration Register(IServiceCollection services, string name)
    {
        var registration = services.Participant(
            name,
            () => new ClientRegistration(name, services),
            (registration, provider) => new HermesClient(registration, provider, provider.LogOf($"Hermes.Client.{name}")),
            client => client.Control);
        services.AddHermesTemplates();
        return registration;
    }
}
