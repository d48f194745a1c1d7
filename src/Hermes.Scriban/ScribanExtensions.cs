using Hermes.Abstractions.Templates;
using Hermes.Scriban;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Scriban as the language of templates.</summary>
public static class ScribanExtensions
{
    /// <summary>
    /// Lets all servers and clients of the host read their templates as Scriban, with all registered <see cref="IAttributeFilter"/>s and the registered
    /// <see cref="ScribanLimits"/>, if there are any. Before or after the servers and clients are added; safe to call twice.
    /// </summary>
    public static IServiceCollection AddScribanTemplates(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Replace(ServiceDescriptor.Singleton<ITemplateEngine>(static provider =>
            new ScribanTemplateEngine(provider.GetServices<IAttributeFilter>(), provider.GetService<ScribanLimits>())));
    }
}
