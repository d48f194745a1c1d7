using Hermes.Abstractions.Notifications;

namespace Hermes.Mail.Tests;

public sealed class MailNotifierTests
{
    private static readonly Notification Queued = new(
        "client portal", NotificationTopic.ErrorQueue, DateTimeOffset.UnixEpoch, ["Users[1]: refused"], ["Users[1]: refused", "Users[2]: no such group"]);

    [Fact]
    public async Task A_mail_tells_what_changed_what_is_now_and_what_was_before()
    {
        await using var server = MailServer.Start();

        await NotifierOf(server).NotifyAsync(Queued, default);

        var mail = server.Taken.Should().ContainSingle().Which;
        mail.Subject.Should().Be("client portal: Events in the error queue (2)");
        mail.From.ToString().Should().Be("\"Hermes\" <hermes@campus.example>");
        mail.To.Mailboxes.Select(box => box.Address).Should().Equal("ops@campus.example", "it@campus.example");
        server.Recipients.Should().Equal("ops@campus.example", "it@campus.example");
        mail.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n').Should().Be("""
            client portal: Events in the error queue (2)
            1970-01-01 00:00:00Z

            What changed:
              + Users[2]: no such group

            Now:
              Users[1]: refused
              Users[2]: no such group

            Before:
              Users[1]: refused
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_mail_tells_when_it_is_over()
    {
        await using var server = MailServer.Start();

        await NotifierOf(server).NotifyAsync(Queued with { Previous = Queued.Current, Current = [] }, default);

        var mail = server.Taken.Should().ContainSingle().Which;
        mail.Subject.Should().Be("client portal: Events in the error queue - over");
        mail.TextBody!.ReplaceLineEndings("\n").Should().Contain("Now:\n  (nothing)\n");
    }

    [Fact]
    public async Task Letters_of_all_alphabets_arrive()
    {
        await using var server = MailServer.Start();

        await NotifierOf(server).NotifyAsync(Queued with { Origin = "client Zürich-北京 🎓", Current = ["Users[é]: 名前"] }, default);

        var mail = server.Taken.Should().ContainSingle().Which;
        mail.Subject.Should().StartWith("client Zürich-北京 🎓: ");
        mail.TextBody.Should().Contain("Users[é]: 名前");
    }

    [Fact]
    public async Task A_line_break_in_a_name_begins_no_header()
    {
        await using var server = MailServer.Start();

        await NotifierOf(server).NotifyAsync(Queued with { Origin = "client x\r\nBcc: thief@campus.example\r\n\r\nbody\u2028" }, default);

        var mail = server.Taken.Should().ContainSingle().Which;
        mail.Subject.Should().StartWith("client x  Bcc: thief@campus.example    body : ");
        mail.Bcc.Count.Should().Be(0);
        server.Recipients.Should().NotContain("thief@campus.example");
    }

    [Fact]
    public async Task A_dot_on_a_line_of_its_own_does_not_end_the_mail()
    {
        await using var server = MailServer.Start();

        await NotifierOf(server).NotifyAsync(Queued with { Current = ["first\r\n.\r\nMAIL FROM:<thief@campus.example>"] }, default);

        server.Taken.Should().ContainSingle().Which.TextBody!.ReplaceLineEndings("\n").Should().Contain("first\n    .\n    MAIL FROM:<thief@campus.example>\n");
    }

    [Fact]
    public async Task A_refused_recipient_does_not_keep_the_mail_from_the_others()
    {
        await using var server = MailServer.Start();

        var act = async () => await NotifierOf(server, options => options.To.Insert(0, "who@elsewhere.example")).NotifyAsync(Queued, default);

        (await act.Should().ThrowAsync<MailException>()).WithMessage("*refused recipients: who@elsewhere.example (550*Correct To.");
        server.Recipients.Should().Equal("ops@campus.example", "it@campus.example");
    }

    [Fact]
    public async Task Only_refused_recipients_are_told_too()
    {
        await using var server = MailServer.Start();
        var notifier = Notifiers.Make(options =>
        {
            (options.Port, options.Security) = (server.Port, MailSecurity.None);
            options.To.Add("who@elsewhere.example");
        });

        var act = async () => await notifier.NotifyAsync(Queued, default);

        (await act.Should().ThrowAsync<MailException>()).WithMessage("*refused*");
        server.Taken.Should().BeEmpty();
    }

    private static INotifier NotifierOf(MailServer server, Action<MailOptions>? more = null) => Notifiers.Make(options =>
    {
        (options.Port, options.Security) = (server.Port, MailSecurity.None);
        options.To.Add("ops@campus.example");
        options.To.Add("IT <it@campus.example>");
        more?.Invoke(options);
    });
}
