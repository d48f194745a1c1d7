using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Hermes.Abstractions.Notifications;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

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

/// <summary>A notification as a message of mail: UTF-8, to all recipients at once. Pure.</summary>
internal static class NotificationMail
{
    public static MimeMessage Of(Notification notification, MailOptions options)
    {
        var message = new MimeMessage
        {
            Subject = MailText.Subject(notification),
            Body = new TextPart(TextFormat.Plain) { Text = MailText.Body(notification) },
            Date = notification.Time,
        };
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.AddRange(options.To.Select(MailboxAddress.Parse));

        // So that an absence message does not answer (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}

/// <summary>The text of a notification as mail. Pure.</summary>
internal static class MailText
{
    /// <summary>What mail wants (RFC 5322).</summary>
    private const string NewLine = "\r\n";

    /// <summary>The subject, in one line whatever it was made from: a line break would begin another header.</summary>
    public static string Subject(Notification notification) => OneLine(notification.Subject);

    /// <summary>The body: what changed, what is now, what was before.</summary>
    public static string Body(Notification notification)
    {
        var text = new StringBuilder()
            .Append(OneLine(notification.Subject)).Append(NewLine)
            .Append(notification.Time.ToString("u", CultureInfo.InvariantCulture)).Append(NewLine);
        Section(text, "What changed", notification.Difference);
        Section(text, "Now", notification.Current);
        Section(text, "Before", notification.Previous);
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        text.Append(NewLine).Append(title).Append(':').Append(NewLine);
        if (lines.Count == 0)
            text.Append("  (nothing)").Append(NewLine);
        foreach (var line in lines)
            text.Append("  ").Append(line.ReplaceLineEndings($"{NewLine}    ")).Append(NewLine);
    }

    private static string OneLine(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (var i = 0; i < line.Length; i++)
            line[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' ? ' ' : source[i];
    });
}
