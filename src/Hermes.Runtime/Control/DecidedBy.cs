namespace Hermes.Runtime.Control;

/// <summary>Who decides something, and why. Every action of the control surfaces is given one; it is logged, and kept in the record of the action.</summary>
public sealed record DecidedBy
{
    /// <summary>Makes one.</summary>
    /// <param name="actor">Who: a name by which people know each other.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public DecidedBy(string actor, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        (Actor, Reason) = (actor, reason);
    }

    /// <summary>Who.</summary>
    public string Actor { get; }

    /// <summary>Why.</summary>
    public string Reason { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Actor}: {Reason}";
}
