using Hermes.Abstractions.Notifications;
using MimeKit;
using MimeKit.Text;

namespace Hermes.Mail;

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
