using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Hermes.TestSupport.Servers;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Hermes.Mail.Tests;

/// <summary>A mail server on a free port of 127.0.0.1 that keeps what it takes. It refuses recipients of <c>elsewhere.example</c>.</summary>
internal sealed class MailServer : MessageStore, IAsyncDisposable
{
    public const string UserName = "hermes";
    public const string Password = "mail-Pa55word-of-tests";

    private readonly ConcurrentQueue<(IMessageTransaction Envelope, MimeMessage Message)> _taken = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _running;

    private MailServer(MailSecurity security, TestCertificates? certificates, bool wantsAccount)
    {
        _certificate = certificates is null ? null : X509Certificate2.CreateFromPemFile(certificates.Certificate, certificates.Key);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).IsSecure(security == MailSecurity.Tls).AuthenticationRequired(wantsAccount);
            if (_certificate is not null)
                endpoint.Certificate(_certificate);
        });
        var services = new ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IUserAuthenticator)new DelegatingUserAuthenticator((user, password) => user == UserName && password == Password));
        services.Add((IMailboxFilter)new DelegatingMailboxFilter((to, _) => to.Host != "elsewhere.example"));
        _running = new SmtpServer.SmtpServer(options.Build(), services).StartAsync(_stop.Token);
    }

    public int Port { get; } = FreePorts.Next();

    /// <summary>The mails that were taken, in order.</summary>
    public IReadOnlyList<MimeMessage> Taken => [.. _taken.Select(mail => mail.Message)];

    /// <summary>To whom the mails were to be brought, in order.</summary>
    public IReadOnlyList<string> Recipients => [.. _taken.SelectMany(mail => mail.Envelope.To).Select(to => $"{to.User}@{to.Host}")];

    public static MailServer Start() => new(MailSecurity.None, certificates: null, wantsAccount: false);

    public static MailServer Start(MailSecurity security, TestCertificates certificates) => new(security, certificates, wantsAccount: true);

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(buffer.ToArray());
        _taken.Enqueue((transaction, await MimeMessage.LoadAsync(bytes, cancellationToken)));
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        foreach (var (_, message) in _taken)
            message.Dispose();
        _certificate?.Dispose();
        _stop.Dispose();
    }
}
