using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Directories;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>LDAP directories and Active Directory as targets of a client.</summary>
public static class LdapClientBuilderExtensions
{
    /// <summary>Applies changes to an LDAP directory.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets the options; what is wrong in them is reported when the client starts.</param>
    public static IHermesClientBuilder ToLdapDirectory(this IHermesClientBuilder builder, Action<DirectoryTargetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseTarget(services =>
        {
            var options = new DirectoryTargetOptions();
            configure(options);
            PartOptions.ThrowIfAny(
            [
                .. PartOptions.Errors("Target", options),
                .. TypeSettings.Errors("Target:Entries", options.Entries),
                .. TypeSettings.Errors("Target:Memberships", options.Memberships),
            ]);
            return Make(services, options);
        });
    }

    /// <summary>Applies changes to a domain of Active Directory.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets the options; what is wrong in them is reported when the client starts.</param>
    public static IHermesClientBuilder ToActiveDirectory(this IHermesClientBuilder builder, Action<ActiveDirectoryTargetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseTarget(services =>
        {
            var options = new ActiveDirectoryTargetOptions();
            configure(options);
            PartOptions.ThrowIfAny(
            [
                .. PartOptions.Errors("Target", options),
                .. TypeSettings.Errors("Target:Users", options.Users),
                .. TypeSettings.Errors("Target:Groups", options.Groups),
                .. TypeSettings.Errors("Target:Memberships", options.Memberships),
            ]);
            return Make(services, options);
        });
    }

    /// <summary>Lets the configuration name these targets: <c>"Target": { "Kind": "Ldap", ... }</c> or <c>"ActiveDirectory"</c>.</summary>
    public static IHermesClientBuilder AddLdapKinds(this IHermesClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .AddTargetKind("Ldap", settings =>
            {
                var reader = new TypeSettings(settings);
                var options = reader.Target<DirectoryTargetOptions>();
                reader.Types(nameof(options.Entries), options.Entries);
                reader.Types(nameof(options.Memberships), options.Memberships);
                reader.ThrowIfWrong();
                return Make(settings.Services, options);
            })
            .AddTargetKind("ActiveDirectory", settings =>
            {
                var reader = new TypeSettings(settings);
                var options = reader.Target<ActiveDirectoryTargetOptions>();
                reader.Types(nameof(options.Users), options.Users);
                reader.Types(nameof(options.Groups), options.Groups);
                reader.Types(nameof(options.Memberships), options.Memberships);
                reader.ThrowIfWrong();
                return Make(settings.Services, options);
            });
    }

    private static DirectoryTarget Make(IServiceProvider services, DirectoryTargetOptions options) =>
        new(options, services.GetService<TimeProvider>(), services.GetService<ILogger<DirectoryTarget>>());

    private static ActiveDirectoryTarget Make(IServiceProvider services, ActiveDirectoryTargetOptions options) =>
        new(options, services.GetService<TimeProvider>(), services.GetService<ILogger<ActiveDirectoryTarget>>());
}
