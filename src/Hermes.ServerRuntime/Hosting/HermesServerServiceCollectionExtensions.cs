using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Hosting;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Hermes servers to a host.</summary>
public static class HermesServerServiceCollectionExtensions
{
    /// <summary>
    /// Adds a server that is described in C#. Called again with the same name, it goes on describing the same server. The configuration is
    /// checked when the host starts, which then throws a <see cref="Hermes.Abstractions.Configuration.HermesConfigurationException"/> with
    /// all that is wrong.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the server, unique in the host.</param>
    /// <param name="configure">Describes the server: sources, bus, state, data types, poll interval.</param>
    public static IServiceCollection AddHermesServer(this IServiceCollection services, string name, Action<IHermesServerBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Register(services, name));
        return services;
    }

    /// <summary>Adds a server that is described in a section of the configuration.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name of the server, unique in the host.</param>
    /// <param name="section">The section, such as <c>Hermes:Servers:campus</c>.</param>
    /// <param name="configure">
    /// Makes known the kinds of sources, buses and states that the section names (<c>AddSqlKinds()</c>), and describes what a configuration
    /// cannot.
    /// </param>
    public static IServiceCollection AddHermesServer(
        this IServiceCollection services, string name, IConfigurationSection section, Action<IHermesServerBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        var registration = Register(services, name);
        registration.Section = section;
        configure?.Invoke(registration);
        return services;
    }

    private static ServerRegistration Register(IServiceCollection services, string name)
    {
        var registration = services.Participant(
            name,
            () => new ServerRegistration(name, services),
            (registration, provider) => new HermesServer(registration, provider, provider.LogOf($"Hermes.Server.{name}")),
            server => server.Control);
        services.AddHermesTemplates();
        return registration;
    }
}
