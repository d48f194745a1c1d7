using Hermes.Abstractions.Notifications;
using Hermes.ServerRuntime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Notifications;

/// <summary>Tells the notifiers what is the matter: once when it changes, and once when it is over.</summary>
internal sealed class NotificationCenter(string server, IEnumerable<INotifier> notifiers, TimeProvider time, ILogger logger)
{
    private readonly INotifier[] _notifiers = [.. notifiers];
    private readonly Dictionary<string, IReadOnlyList<string>> _told = new(StringComparer.Ordinal);

    /// <summary>Says how a topic stands now; no lines mean that nothing is the matter.</summary>
    public async Task TellAsync(NotificationTopic topic, IReadOnlyList<string> current, CancellationToken cancellationToken)
    {
        var previous = _told.GetValueOrDefault(topic.Name, []);
        if (previous.SequenceEqual(current, StringComparer.Ordinal))
            return;
        _told[topic.Name] = current;
        await SendAsync(new Notification($"server {server}", topic, time.GetUtcNow(), previous, current), cancellationToken);
    }

    /// <summary>Tells something that happened and is not a lasting state.</summary>
    public Task TellOnceAsync(NotificationTopic topic, IReadOnlyList<string> previous, IReadOnlyList<string> current, CancellationToken cancellationToken) =>
        SendAsync(new Notification($"server {server}", topic, time.GetUtcNow(), previous, current), cancellationToken);

    private async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        foreach (var notifier in _notifiers)
        {
            try
            {
                await notifier.NotifyAsync(notification, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // A notifier that fails must not stop the synchronisation.
                Log.NotifierFailed(logger, server, notifier.GetType().Name, notification.Subject, exception);
            }
        }
    }
}
