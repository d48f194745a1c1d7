using System.Text;
using Hermes.Abstractions.Notifications;

namespace Hermes.ClientRuntime.Notifications;

/// <summary>The text of a notification as mail. Pure.</summary>
internal static class MailText
{
    // What mail wants (RFC 5322); a bare line feed would be encoded as any other byte.
    private const string NewLine = "\r\n";

    public static string Of(Notification notification)
    {
        var text = new StringBuilder()
            .Append(notification.Subject).Append(NewLine)
            .Append(notification.Time.ToString("u", System.Globalization.CultureInfo.InvariantCulture)).Append(NewLine);
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
            text.Append("  ").Append(line).Append(NewLine);
    }
}
