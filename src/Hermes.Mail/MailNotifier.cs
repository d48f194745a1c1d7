using System.Net.Sockets;
using Hermes.Abstractions.Notifications;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Hermes.Mail;

/// <summary>Mails notifications, each over a connection of its own: there are few, and servers close idle ones.</summary>
internal sealed class MailNotifier(MailOptions options, TimeProvider time) : INotifier
{
    /// <inheritdoc/>
    /// <exception cref="MailException">The mail was not taken, or not for all recipients.</exception>
    public async ValueTask NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        using var message = NotificationMail.Of(notification, options);
        using var tooLate = new CancellationTokenSource(options.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            await SendAsync(message, stop.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailException($"The mail server {options.Address} did not take the mail within {options.Timeout}.", exception);
        }
        catch (Exception exception) when (Explain(exception) is { } reason)
        {
            throw new MailException($"The mail server {options.Address} {reason}", exception);
        }
    }

    private async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var delivery = new SmtpDelivery();

        // As for all other connections of the platform: many a server with a certificate of its own authority cannot be asked.
        delivery.CheckCertificateRevocation = false;
        if (options.TlsAuthorityFile is { } file)
            delivery.ServerCertificateValidationCallback = new TrustedAuthorities(file).Accept;
        await delivery.ConnectAsync(options.Server, options.EffectivePort, Socket(options.Security), cancellationToken);
        if (options is { UserName: { Length: > 0 } user, Password: { Length: > 0 } password })
            await delivery.AuthenticateAsync(user, password, cancellationToken);
        await delivery.SendAsync(message, cancellationToken);

        // The mail is taken: what happens to the farewell changes nothing.
        await delivery.DisconnectAsync(quit: delivery.Refused.Count == 0, cancellationToken);
        if (delivery.Refused.Count > 0)
            throw new MailException($"The mail server {options.Address} refused recipients: {string.Join("; ", delivery.Refused)}. Correct To.");
    }

    private static SecureSocketOptions Socket(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    private static string? Explain(Exception exception) => exception switch
    {
        AuthenticationException => $"refused the account: {exception.Message} Correct UserName and Password.",
        SslHandshakeException => $"could not be talked to with TLS: {exception.Message}",
        NotSupportedException => $"cannot do what is asked: {exception.Message} Correct Security, or the account.",
        SmtpCommandException => $"refused the mail: {exception.Message}",
        SocketException or IOException or ProtocolException or ServiceNotConnectedException =>
            $"cannot be reached, or broke the connection: {exception.Message} Check Server, Port and Security.",
        _ => null,
    };
}

/// <summary>A connection to a mail server that goes on where one of several recipients is refused, and remembers who was.</summary>
internal sealed class SmtpDelivery : SmtpClient
{
    private readonly List<string> _refused = [];

    /// <summary>The recipients that the server did not take, each with what it said.</summary>
    public IReadOnlyList<string> Refused => _refused;

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _refused.Add($"{mailbox.Address} ({(int)response.StatusCode} {response.Response})");

    // Told by whoever reads the list.
    protected override void OnNoRecipientsAccepted(MimeMessage message)
    {
    }
}
