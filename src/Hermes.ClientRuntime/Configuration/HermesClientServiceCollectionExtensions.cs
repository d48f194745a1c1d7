using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Notifications;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

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
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(build);
        build(new HermesClientBuilder(name, services, services.PartsOf(name)));
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
        return services.AddHermesClient(name, client =>
        {
            HermesClientBuilder.PartsOf(client).Section = section;
            build?.Invoke(client);
        });
    }

    private static ClientParts PartsOf(this IServiceCollection services, string name)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(ClientParts) && name.Equals(service.ServiceKey)) is { } known)
            return (ClientParts)known.KeyedImplementationInstance!;

        var parts = new ClientParts();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHermesTemplates();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INotifier, LogNotifier>());
        services.AddKeyedSingleton(name, parts);
        services.AddKeyedSingleton(name, (provider, _) => new HermesClient(name, parts, provider));
        services.AddKeyedSingleton(name, (provider, _) => provider.GetRequiredKeyedService<HermesClient>(name).Control);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<HermesClient>(name));
        services.TryAddSingleton(provider => OnlyControl(provider, services));
        return parts;
    }

    private static IHermesClientControl OnlyControl(IServiceProvider provider, IServiceCollection services)
    {
        var names = services
            .Where(service => service.IsKeyedService && service.ServiceType == typeof(ClientParts))
            .Select(service => (string)service.ServiceKey!)
            .ToList();
        return names.Count == 1
            ? provider.GetRequiredKeyedService<IHermesClientControl>(names[0])
            : throw new InvalidOperationException(
                $"This host has several Hermes clients ({string.Join(", ", names)}). Ask for one by its name: [FromKeyedServices(\"{names[0]}\")] IHermesClientControl.");
    }
}
