namespace Hermes.ServerRuntime.Control;

/// <summary>How a poll ended.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Added">How many entries were added.</param>
/// <param name="Modified">How many entries were modified.</param>
/// <param name="Removed">How many entries were removed.</param>
/// <param name="Held">How many removals of entries, and of attributes from entries, wait for approval or were rejected.</param>
/// <param name="Error">What failed, or null if all went well; the server tries again.</param>
public sealed record PollResult(DateTimeOffset Time, int Added, int Modified, int Removed, int Held, string? Error)
{
    /// <summary>Whether the poll was stored and all that waited was sent.</summary>
    public bool Succeeded => Error is null;

    internal static PollResult Failed(DateTimeOffset time, string error) => new(time, 0, 0, 0, 0, error);
}
