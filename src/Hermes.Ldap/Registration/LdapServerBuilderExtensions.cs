using Hermes.Ldap.Source;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>LDAP data sources for a server.</summary>
public static class LdapServerBuilderExtensions
{
    /// <summary>Adds an LDAP directory as data source.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The name that data types refer to.</param>
    /// <param name="configure">Sets the options; what is wrong in them is reported when the server starts.</param>
    public static IHermesServerBuilder AddLdapSource(this IHermesServerBuilder builder, string name, Action<LdapSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddSource(name, services => Make(services, PartOptions.Make($"Sources:{name}", configure)));
    }

    /// <summary>Lets the configuration name LDAP sources: <c>"Sources": { "directory": { "Kind": "Ldap", "Url": "ldaps://..." } }</c>.</summary>
    public static IHermesServerBuilder AddLdapKinds(this IHermesServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSourceKind("Ldap", settings => Make(settings.Services, settings.Read<LdapSourceOptions>()));
    }

    private static LdapSource Make(IServiceProvider services, LdapSourceOptions options) =>
        new(options, services.GetService<TimeProvider>(), services.GetService<ILogger<LdapSource>>());
}
