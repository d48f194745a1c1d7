using System.Text;
using Hermes.Abstractions.Notifications;

namespace Hermes.ClientRuntime.Notifications;

/// <summary>The text of a notification as mail. Pure.</summary>
internal static class MailText
{
    public static string Of(Notification notification)
    {
        var text = new StringBuilder()
            .Append(notification.Subject).Append('\n')
            .Append(notification.Time.ToString("u", System.Globalization.CultureInfo.InvariantCulture)).Append('\n');
        Section(text, "What changed", notification.Difference);
        Section(text, "Now", notification.Current);
        Section(text, "Before", notification.Previous);
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        text.Append('\n').Append(title).Append(":\n");
        if (lines.Count == 0)
            text.Append("  (nothing)\n");
        foreach (var line in lines)
            text.Append("  ").Append(line).Append('\n');
    }
}
