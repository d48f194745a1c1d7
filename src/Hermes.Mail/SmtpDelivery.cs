using MailKit.Net.Smtp;
using MimeKit;

namespace Hermes.Mail;

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
