namespace Hermes.Runtime.Guard;

/// <summary>A decision names another set than the one that waits: it changed since it was looked at.</summary>
public sealed class HeldSetChangedException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="what">What waits, such as <c>Users of the server campus</c>.</param>
    /// <param name="decided">The digest that the decision names.</param>
    /// <param name="current">The digest of what waits now.</param>
    public HeldSetChangedException(string what, string decided, string current)
        : base($"What waits for {what} has changed: the decision is about {decided}, and now {current} waits. Look at it again, and decide on that.") =>
        (Decided, Current) = (decided, current);

    /// <summary>The digest that the decision names.</summary>
    public string Decided { get; }

    /// <summary>The digest of what waits now.</summary>
    public string Current { get; }
}
