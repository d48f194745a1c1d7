namespace Hermes.ClientRuntime.State;

/// <summary>Which events of the error queue are looked for: those for which all that is said holds.</summary>
/// <param name="Group">The <see cref="FailureCause.Id"/> of what they failed of; null for any, or nothing.</param>
/// <param name="Text">What their message holds, in upper or lower case; null for any.</param>
/// <param name="From">They were queued then or later; null for any time.</param>
/// <param name="Until">They were queued earlier; null for any time.</param>
public sealed record QueueFilter(long? Group, string? Text, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>Whether an event is one of them, as far as the rest says.</summary>
    /// <param name="message">Its message.</param>
    /// <param name="since">When it was queued.</param>
    public bool Holds(string message, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (From is null || since >= From) && (Until is null || since < Until) && (Text is null || message.Contains(Text, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>What was found on a stretch of the error queue.</summary>
/// <param name="Numbers">The numbers of the events.</param>
/// <param name="Next">The number after which the search goes on; null if it has come to the end of the queue.</param>
public sealed record QueueStretch(IReadOnlyList<long> Numbers, long? Next);
