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
    /// <see cref="IAttributeFilter"/>s and the registered <see cref="TemplateLimits"/>, if there are any. An engine that is
    /// registered before stays. Safe to call twice.
    /// </summary>
    public static IServiceCollection AddHermesTemplates(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<ITemplateEngine>(static provider =>
            new JinjaTemplateEngine(provider.GetServices<IAttributeFilter>(), provider.GetService<TemplateLimits>()));
        return services;
    }

    /// <summary>
    /// Registers the shipped filters that need no keys: password hashes, regular expressions, random passwords. Safe to call twice.
    /// </summary>
    public static IServiceCollection AddHermesFilters(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttributeFilter, LdapPasswordHashFilter>(static _ => new()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttributeFilter, RegexSearchFilter>(static _ => new()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttributeFilter, RandomPasswordFilter>());
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
