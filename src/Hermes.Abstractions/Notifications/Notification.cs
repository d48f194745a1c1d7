namespace Hermes.Abstractions.Notifications;

/// <summary>Something that people should know: sent once when it changes, and once when it is over. Holds no secret value.</summary>
/// <param name="Origin">The server or client it comes from, such as <c>server campus</c>.</param>
/// <param name="Topic">What it is about; a topic is over when a notification of it has <see cref="IsOver"/>.</param>
/// <param name="Time">When it was noticed.</param>
/// <param name="Previous">The state before, as lines of text; empty if there was nothing to tell.</param>
/// <param name="Current">The state now, as lines of text; empty when it is over.</param>
public sealed record Notification(
    string Origin, NotificationTopic Topic, DateTimeOffset Time, IReadOnlyList<string> Previous, IReadOnlyList<string> Current)
{
    /// <summary>Whether what was told before is over.</summary>
    public bool IsOver => Current.Count == 0;

    /// <summary>One line that says what happened.</summary>
    public string Subject => IsOver ? $"{Origin}: {Topic.Title} - over" : $"{Origin}: {Topic.Title} ({Current.Count})";

    /// <summary>The lines that are gone (starting with <c>- </c>) and the ones that are new (starting with <c>+ </c>).</summary>
    public IReadOnlyList<string> Difference =>
        [.. Previous.Except(Current, StringComparer.Ordinal).Select(line => "- " + line), .. Current.Except(Previous, StringComparer.Ordinal).Select(line => "+ " + line)];
}
