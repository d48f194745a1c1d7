using System.Net;
using System.Net.Sockets;
using Hermes.Abstractions.Notifications;
using Hermes.TestSupport.Servers;

namespace Hermes.Mail.Tests;

public sealed class MailSecurityTests : IDisposable
{
    private static readonly Notification Failing = new("server campus", NotificationTopic.Failure, DateTimeOffset.UnixEpoch, [], ["source: gone"]);

    private readonly ServerDirectory _folder = new("mail");
    private readonly TestCertificates _certificates;

    public MailSecurityTests() => _certificates = TestCertificates.Make(_folder["tls"]);

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task A_mail_is_sent_encrypted_and_with_an_account(MailSecurity security)
    {
        await using var server = MailServer.Start(security, _certificates);

        await NotifierOf(server, security).NotifyAsync(Failing, default);

        server.Taken.Should().ContainSingle().Which.Subject.Should().Be("server campus: Work is failing (1)");
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task A_certificate_of_another_authority_is_refused(MailSecurity security)
    {
        await using var server = MailServer.Start(security, _certificates);

        var act = () => Sending(NotifierOf(server, security, options => options.TlsAuthorityFile = _certificates.OtherAuthority));

        (await act.Should().ThrowAsync<MailException>()).WithMessage($"The mail server 127.0.0.1:{server.Port} could not be talked to with TLS: *");
        server.Taken.Should().BeEmpty();
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        using var folder = new ServerDirectory("mail");
        using var authority = new TestAuthority(_folder["named.crt"]);
        Directory.CreateDirectory(folder["tls"]);
        authority.Issue(_certificates.Certificate, _certificates.Key, TimeProvider.System.GetUtcNow().AddDays(1), "elsewhere.example", "127.0.0.9");
        await using var server = MailServer.Start(MailSecurity.Tls, _certificates);

        var act = () => Sending(NotifierOf(server, MailSecurity.Tls, options => options.TlsAuthorityFile = _folder["named.crt"]));

        (await act.Should().ThrowAsync<MailException>()).WithMessage("*could not be talked to with TLS*");
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_not_shown()
    {
        await using var server = MailServer.Start(MailSecurity.StartTls, _certificates);

        var act = () => Sending(NotifierOf(server, MailSecurity.StartTls, options => options.Password = "wrong-Pa55word"));

        var failure = (await act.Should().ThrowAsync<MailException>()).WithMessage("*refused the account*Correct UserName and Password.").Which;
        failure.ToString().Should().NotContain("Pa55word");
    }

    [Fact]
    public async Task A_server_that_knows_no_encryption_gets_no_mail_when_it_is_asked_for()
    {
        await using var server = MailServer.Start();

        var act = () => Sending(NotifierOf(server, MailSecurity.StartTls));

        (await act.Should().ThrowAsync<MailException>()).WithMessage("*cannot do what is asked*Correct Security*");
        server.Taken.Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_by_its_address()
    {
        var port = FreePorts.Next();

        var act = () => Sending(Notifiers.Make(options =>
        {
            (options.Port, options.Security) = (port, MailSecurity.None);
            options.To.Add("ops@campus.example");
        }));

        (await act.Should().ThrowAsync<MailException>()).WithMessage($"The mail server 127.0.0.1:{port} cannot be reached*");
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_the_timeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, port: 0);
        silent.Start();

        var act = () => Sending(Notifiers.Make(options =>
        {
            (options.Port, options.Security) = (((IPEndPoint)silent.LocalEndpoint).Port, MailSecurity.None);
            options.To.Add("ops@campus.example");
            options.Timeout = TimeSpan.FromMilliseconds(200);
        }));

        (await act.Should().ThrowAsync<MailException>()).WithMessage("*did not take the mail within 00:00:00.2*");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task Sending(INotifier notifier) => await notifier.NotifyAsync(Failing, default);

    private INotifier NotifierOf(MailServer server, MailSecurity security, Action<MailOptions>? more = null) => Notifiers.Make(options =>
    {
        (options.Port, options.Security, options.TlsAuthorityFile) = (server.Port, security, _certificates.Authority);
        (options.UserName, options.Password) = (MailServer.UserName, MailServer.Password);
        options.To.Add("ops@campus.example");
        more?.Invoke(options);
    });
}
