using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Diagnostics;
using Hermes.Runtime.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Runtime.Registration;

/// <summary>Brings servers and clients into the services of a host.</summary>
internal static class ParticipantServices
{
    /// <summary>Finds the registration of a name, or adds one with all that belongs to it.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name.</param>
    /// <param name="register">Makes the registration.</param>
    /// <param name="host">Makes what runs in the host.</param>
    /// <param name="control">Gives the control surface of what runs.</param>
    public static TRegistration Participant<TRegistration, THosted, TControl>(
        this IServiceCollection services,
        string name,
        Func<TRegistration> register,
        Func<TRegistration, IServiceProvider, THosted> host,
        Func<THosted, TControl> control)
        where TRegistration : ParticipantRegistration
        where THosted : class, IHostedService
        where TControl : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (services.Registered<TRegistration>().FirstOrDefault(known => known.Name == name) is { } earlier)
            return earlier;

        var registration = register();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INotifier, LogNotifier>(
            provider => new LogNotifier(provider.GetService<ILogger<LogNotifier>>() ?? NullLogger<LogNotifier>.Instance)));
        services.AddKeyedSingleton(name, registration);
        services.AddKeyedSingleton(name, (provider, _) => host(registration, provider));
        services.AddKeyedSingleton(name, (provider, _) => control(provider.GetRequiredKeyedService<THosted>(name)));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<THosted>(name));
        services.TryAddSingleton(provider => provider.Only<TRegistration, TControl>(services));
        return registration;
    }

    /// <summary>The log of a server or client; none if the host has no logging.</summary>
    public static ILogger LogOf(this IServiceProvider services, string category) =>
        new SingleLineLogger((services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(category));

    // The control surface needs no name if there is nothing to be told apart.
    private static TControl Only<TRegistration, TControl>(this IServiceProvider provider, IServiceCollection services)
        where TRegistration : ParticipantRegistration
        where TControl : class
    {
        var all = services.Registered<TRegistration>().ToList();
        return all.Count == 1
            ? provider.GetRequiredKeyedService<TControl>(all[0].Name)
            : throw new InvalidOperationException(
                $"This host has several of {typeof(TControl).Name}: {string.Join(", ", all.Select(one => one.Name))}. "
                + $"Ask for one by its name: [FromKeyedServices(\"{all[0].Name}\")].");
    }

    private static IEnumerable<TRegistration> Registered<TRegistration>(this IServiceCollection services) => services
        .Where(service => service.IsKeyedService)
        .Select(service => service.KeyedImplementationInstance)
        .OfType<TRegistration>();
}
