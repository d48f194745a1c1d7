using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Notifications;
using Hermes.Mail;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Mail as a way of notifying.</summary>
public static class MailExtensions
{
    /// <summary>Mails the notifications of all servers and clients of the host.</summary>
    /// <exception cref="HermesConfigurationException">A setting is missing or wrong; holds all of them.</exception>
    public static IServiceCollection AddHermesMailNotifier(this IServiceCollection services, Action<MailOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = PartOptions.Make("Hermes:Mail", configure);
        return services.AddSingleton<INotifier>(provider => Make(provider, options));
    }

    /// <summary>
    /// Mails the notifications of all servers and clients of the host, with the settings of a section. What is wrong in it is reported when the host starts.
    /// </summary>
    public static IServiceCollection AddHermesMailNotifier(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddSingleton<INotifier>(provider => Make(provider, new PartSettings(provider, section.Key, section).Read<MailOptions>()));
    }

    private static MailNotifier Make(IServiceProvider provider, MailOptions options) => new(options, provider.GetService<TimeProvider>() ?? TimeProvider.System);
}
