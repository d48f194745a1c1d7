using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hermes.Runtime.Notifications;

/// <summary>
/// Tells the notifiers what is the matter with a server or client: once when it changes, and once when it is over. A notifier that fails is
/// logged, and stops neither the others nor the work.
/// </summary>
/// <param name="participant">Who tells, such as <c>server campus</c>.</param>
/// <param name="notifiers">Who is told.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where notifiers that fail are told.</param>
internal sealed class NotificationHub(string participant, IEnumerable<INotifier> notifiers, TimeProvider time, ILogger log)
{
    private readonly INotifier[] _notifiers = [.. notifiers];
    private readonly Dictionary<string, IReadOnlyList<string>> _told = new(StringComparer.Ordinal);
    private Type? _failure;

    /// <summary>Says how a topic stands now; no lines mean that nothing is the matter.</summary>
    public async ValueTask TellAsync(NotificationTopic topic, IReadOnlyList<string> current, CancellationToken cancellationToken)
    {
        var previous = _told.GetValueOrDefault(topic.Name, []);
        if (previous.SequenceEqual(current, StringComparer.Ordinal))
            return;
        _told[topic.Name] = current;
        await TellAsync(topic, previous, current, cancellationToken);
    }

    /// <summary>Tells a change of which the caller knows that it was not told.</summary>
    public async ValueTask TellAsync(
        NotificationTopic topic, IReadOnlyList<string> previous, IReadOnlyList<string> current, CancellationToken cancellationToken)
    {
        var notification = new Notification(
            participant, topic, time.GetUtcNow(), [.. previous.Select(SingleLine.Of)], [.. current.Select(SingleLine.Of)]);
        foreach (var notifier in _notifiers)
        {
            try
            {
                await notifier.NotifyAsync(notification, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                log.NotifierFailed(exception, participant, notifier.GetType().Name, notification.Subject);
            }
        }
    }

    /// <summary>Tells that the work fails, once per kind of failure: the same one may word its message differently each time.</summary>
    /// <param name="failure">What failed; its type is its kind.</param>
    /// <param name="message">The message for people.</param>
    /// <param name="cancellationToken">Gives up telling.</param>
    public async ValueTask FailsAsync(Exception failure, string message, CancellationToken cancellationToken)
    {
        if (_failure == failure.GetType())
            return;
        _failure = failure.GetType();
        await TellAsync(NotificationTopic.Failure, [message], cancellationToken);
    }

    /// <summary>Tells that the work goes on, if a failure was told.</summary>
    public ValueTask WorksAsync(CancellationToken cancellationToken)
    {
        _failure = null;
        return TellAsync(NotificationTopic.Failure, [], cancellationToken);
    }
}
