using Hermes.Abstractions.Notifications;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime.Notifications;

/// <summary>Hands notifications to every notifier. One that fails is logged, and stops neither the others nor the work.</summary>
internal sealed class NotificationDesk(string client, IEnumerable<INotifier> notifiers, TimeProvider time, ILogger log)
{
    private readonly INotifier[] _notifiers = [.. notifiers];
    private IReadOnlyList<string> _failure = [];

    /// <summary>Tells that the client fails, unless the same was told before.</summary>
    public async ValueTask FailsAsync(string reason, CancellationToken cancellationToken)
    {
        if (_failure is [var told] && string.Equals(told, reason, StringComparison.Ordinal))
            return;
        var previous = _failure;
        _failure = [reason];
        await TellAsync(NotificationTopic.Failure, previous, _failure, cancellationToken);
    }

    /// <summary>Tells that the client works again, if a failure was told.</summary>
    public async ValueTask WorksAsync(CancellationToken cancellationToken)
    {
        if (_failure.Count == 0)
            return;
        var previous = _failure;
        _failure = [];
        await TellAsync(NotificationTopic.Failure, previous, [], cancellationToken);
    }

    public async ValueTask TellAsync(
        NotificationTopic topic, IReadOnlyList<string> previous, IReadOnlyList<string> current, CancellationToken cancellationToken)
    {
        var notification = new Notification($"client {client}", topic, time.GetUtcNow(), previous, current);
        foreach (var notifier in _notifiers)
        {
            try
            {
                await notifier.NotifyAsync(notification, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                log.NotifierFailed(exception, client, notifier.GetType().Name, notification.Subject);
            }
        }
    }
}
