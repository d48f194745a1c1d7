using System.Globalization;
using System.Text;
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
