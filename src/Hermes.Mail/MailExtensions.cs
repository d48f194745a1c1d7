using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Notifications;
using Hermes.Mail;
using Hermes.Runtime.Registration;

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
        return services.AddSingleton<INotifier>(provider => new MailNotifier(options, provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }
}
