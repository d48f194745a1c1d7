using Hermes.Abstractions.Templates;
using Hermes.Templates;
using Hermes.Templates.AttributeFilters;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the template engine and its filters.</summary>
public static class HermesTemplateServices
{
    /// <summary>
    /// Registers <see cref="JinjaTemplateEngine"/> as the <see cref="ITemplateEngine"/>, with all registered
    /// <see cref="IAttributeFilter"/>s and the registered <see cref="TemplateLimits"/> and <see cref="TimeProvider"/>, if there are any. An engine that is
    /// registered before stays. Safe to call twice.
    /// </summary>
    public static IServiceCollection AddHermesTemplates(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<ITemplateEngine>(static provider =>
            new JinjaTemplateEngine(provider.GetServices<IAttributeFilter>(), provider.GetService<TemplateLimits>(), provider.GetService<TimeProvider>()));
        return services;
    }

    /// <summary>
    /// Registers the shipped filters that need no keys: password hashes and random passwords. Safe to call twice.
    /// </summary>
    public static IServiceCollection AddHermesFilters(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttributeFilter, LdapPasswordHashFilter>(static _ => new()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttributeFilter, RandomPasswordFilter>());
        return services;
    }

    /// <summary>
    /// Registers the filter of password hashes with the types of hash that it makes when a template names none, such as <c>SSHA512</c>; in place of one that
    /// is registered already.
    /// </summary>
    /// <exception cref="ArgumentException">A type is not known, or there is none.</exception>
    public static IServiceCollection AddHermesPasswordHashFilter(this IServiceCollection services, params IEnumerable<string> defaultTypes)
    {
        ArgumentNullException.ThrowIfNull(services);
        var filter = new LdapPasswordHashFilter(defaultTypes);
        if (services.FirstOrDefault(service => service.ImplementationFactory?.Method.ReturnType == typeof(LdapPasswordHashFilter)) is { } former)
            services.Remove(former);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttributeFilter, LdapPasswordHashFilter>(_ => filter));
        return services;
    }

    /// <summary>Registers the filter that encrypts and decrypts with named keys.</summary>
    public static IServiceCollection AddHermesRsaFilter(this IServiceCollection services, IEnumerable<KeyValuePair<string, RsaKey>> keys)
    {
        ArgumentNullException.ThrowIfNull(services);
        var filter = new RsaOaepFilter(keys);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttributeFilter, RsaOaepFilter>(_ => filter));
        return services;
    }
}
