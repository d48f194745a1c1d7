using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Notifications;
using Hermes.Testing.Notifications;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Runtime.Tests.Notifications;

public sealed class NotificationHubTests
{
    private readonly RecordingNotifier _notifier = new();
    private readonly NotificationHub _hub;

    public NotificationHubTests() => _hub = new("server campus", [new BrokenNotifier(), _notifier], TimeProvider.System, NullLogger.Instance);

    [Fact]
    public async Task A_change_is_told_once_and_its_end_once()
    {
        foreach (var lines in new string[][] { [], ["a"], ["a"], ["a", "b"], [], [] })
            await _hub.TellAsync(NotificationTopic.DataErrors, lines, CancellationToken.None);

        var told = _notifier.About(NotificationTopic.DataErrors);
        told.Select(notification => notification.Current.Count).Should().Equal(1, 2, 0);
        told.Should().OnlyContain(notification => notification.Origin == "server campus");
    }

    [Fact]
    public async Task A_kind_of_failure_is_told_once_however_it_words_its_message()
    {
        await _hub.FailsAsync(new IOException(), "port 1", CancellationToken.None);
        await _hub.FailsAsync(new IOException(), "port 2", CancellationToken.None);
        await _hub.FailsAsync(new TimeoutException(), "late", CancellationToken.None);
        await _hub.WorksAsync(CancellationToken.None);
        await _hub.WorksAsync(CancellationToken.None);

        _notifier.About(NotificationTopic.Failure).Select(told => string.Join(",", told.Current)).Should().Equal("port 1", "late", "");
    }

    private sealed class BrokenNotifier : INotifier
    {
        public ValueTask NotifyAsync(Notification notification, CancellationToken cancellationToken) => throw new IOException("The mail server is down.");
    }
}
