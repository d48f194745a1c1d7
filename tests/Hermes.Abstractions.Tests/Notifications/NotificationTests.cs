using Hermes.Abstractions.Notifications;

namespace Hermes.Abstractions.Tests.Notifications;

public sealed class NotificationTests
{
    [Fact]
    public void It_tells_the_difference_line_by_line()
    {
        var notification = new Notification("server campus", NotificationTopic.DataErrors, DateTimeOffset.UnixEpoch, ["a", "b"], ["b", "c"]);

        notification.Difference.Should().Equal("- a", "+ c");
        notification.IsOver.Should().BeFalse();
        notification.Subject.Should().Be("server campus: Data errors in the sources (2)");
    }

    [Fact]
    public void Nothing_now_means_that_it_is_over()
    {
        new Notification("client portal", NotificationTopic.ErrorQueue, DateTimeOffset.UnixEpoch, ["a"], []).IsOver.Should().BeTrue();
    }
}
