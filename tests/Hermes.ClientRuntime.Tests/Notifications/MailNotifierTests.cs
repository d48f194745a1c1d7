using Hermes.Abstractions.Notifications;
using Hermes.ClientRuntime.Notifications;

namespace Hermes.ClientRuntime.Tests.Notifications;

public sealed class MailNotifierTests
{
    private static readonly Notification Queued = new(
        "client portal", NotificationTopic.ErrorQueue, DateTimeOffset.UnixEpoch, ["Users[1]: refused"], ["Users[1]: refused", "Users[2]: no such group"]);

    [Fact]
    public async Task A_mail_tells_what_changed_what_is_now_and_what_was_before()
    {
        using var sink = new SmtpSink();
        var receiving = sink.ReceiveAsync();

        await NotifierAt(sink.Port).NotifyAsync(Queued, CancellationToken.None);

        var (envelope, text) = await receiving;
        envelope.Should().ContainInOrder("MAIL FROM:<hermes@campus.example>", "RCPT TO:<ops@campus.example>", "RCPT TO:<it@campus.example>");
        text.Should().ContainInOrder(
            "Subject: client portal: Events in the error queue (2)",
            "What changed:", "  + Users[2]: no such group",
            "Now:", "  Users[1]: refused", "  Users[2]: no such group",
            "Before:", "  Users[1]: refused");
    }

    [Fact]
    public async Task A_mail_tells_when_it_is_over()
    {
        using var sink = new SmtpSink();
        var receiving = sink.ReceiveAsync();

        await NotifierAt(sink.Port).NotifyAsync(Queued with { Previous = Queued.Current, Current = [] }, CancellationToken.None);

        (await receiving).Text.Should().ContainInOrder("Subject: client portal: Events in the error queue - over", "Now:", "  (nothing)");
    }

    [Theory]
    [InlineData("nobody", "ops@campus.example", "*sender 'nobody' is not a mail address*")]
    [InlineData("hermes@campus.example", "ops", "*recipients must be one or more mail addresses*")]
    public void Addresses_are_checked_at_the_start(string from, string to, string reason)
    {
        var act = () => new MailNotifier(new MailOptions { Server = "localhost", From = from, To = { to } });

        act.Should().Throw<ArgumentException>().WithMessage(reason);
    }

    private static MailNotifier NotifierAt(int port) => new(new MailOptions
    {
        Server = "127.0.0.1",
        Port = port,
        From = "hermes@campus.example",
        To = { "ops@campus.example", "it@campus.example" },
    });
}
