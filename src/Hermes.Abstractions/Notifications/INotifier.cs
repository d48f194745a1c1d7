namespace Hermes.Abstractions.Notifications;

/// <summary>Tells people of what happened: by mail, chat or log. Every registered notifier gets every notification.</summary>
public interface INotifier
{
    /// <summary>Delivers a notification. A failure is logged and never stops the work.</summary>
    ValueTask NotifyAsync(Notification notification, CancellationToken cancellationToken);
}
