using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hermes.Runtime.Notifications;

/// <summary>Writes notifications to the log: a warning with what changed, and an information when it is over.</summary>
/// <param name="log">The log.</param>
public sealed class LogNotifier(ILogger<LogNotifier> log) : INotifier
{
    /// <inheritdoc/>
    public ValueTask NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if (notification.IsOver)
            log.NotifiedOver(notification.Subject);
        else
            log.Notified(notification.Subject, string.Join('\n', notification.Difference));
        return ValueTask.CompletedTask;
    }
}
