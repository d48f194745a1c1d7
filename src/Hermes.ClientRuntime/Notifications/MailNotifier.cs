using System.Net.Mail;
using Hermes.Abstractions.Notifications;

namespace Hermes.ClientRuntime.Notifications;

/// <summary>Mails notifications: what changed, what is now, what was before.</summary>
public sealed class MailNotifier : INotifier
{
    private readonly MailOptions _options;

    /// <summary>Makes a notifier.</summary>
    /// <exception cref="ArgumentException">The server, the sender or the recipients are missing, or not valid addresses.</exception>
    public MailNotifier(MailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Server);
        if (!MailAddress.TryCreate(options.From, out _))
            throw new ArgumentException($"The sender '{options.From}' is not a mail address.", nameof(options));
        if (options.To.Count == 0 || options.To.Any(recipient => !MailAddress.TryCreate(recipient, out _)))
            throw new ArgumentException("The recipients must be one or more mail addresses.", nameof(options));
        _options = options;
    }

    /// <inheritdoc/>
    public async ValueTask NotifyAsync(Notification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        using var message = new MailMessage { From = new MailAddress(_options.From), Subject = notification.Subject, Body = MailText.Of(notification) };
        foreach (var recipient in _options.To)
            message.To.Add(recipient);
        using var client = new SmtpClient(_options.Server, _options.Port) { EnableSsl = _options.UseTls, Credentials = _options.Credential };
        await client.SendMailAsync(message, cancellationToken);
    }
}
