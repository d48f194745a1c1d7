using Hermes.Abstractions.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Mail.Tests;

/// <summary>The notifier that a host would get.</summary>
internal static class Notifiers
{
    public static INotifier Make(Action<MailOptions> configure, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddSingleton(time ?? TimeProvider.System).AddHermesMailNotifier(options =>
        {
            options.Server = "127.0.0.1";
            options.From = "Hermes <hermes@campus.example>";
            configure(options);
        });
        return services.BuildServiceProvider().GetRequiredService<INotifier>();
    }
}
