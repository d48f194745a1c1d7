using System.Collections.Concurrent;
using Hermes.Abstractions.Notifications;

namespace Hermes.Testing.Notifications;

/// <summary>Keeps the notifications for the test to look at. Safe for use by many threads.</summary>
public sealed class RecordingNotifier : INotifier
{
    private readonly ConcurrentQueue<Notification> _notifications = new();

    /// <summary>The notifications so far, in order.</summary>
    public IReadOnlyList<Notification> Notifications => [.. _notifications];

    /// <summary>The notifications so far about a topic, in order.</summary>
    public IReadOnlyList<Notification> About(NotificationTopic topic) => [.. _notifications.Where(notification => notification.Topic == topic)];

    /// <inheritdoc/>
    public ValueTask NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        _notifications.Enqueue(notification);
        return ValueTask.CompletedTask;
    }
}
