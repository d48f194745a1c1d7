using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Control;

/// <summary>A reference that the target does not have yet.</summary>
/// <param name="From">The entry that refers.</param>
/// <param name="Attribute">The local attribute that holds the key.</param>
/// <param name="To">The entry that it refers to, which the target does not have, or whose own change waits.</param>
public sealed record PendingReference(EntryId From, string Attribute, EntryId To)
{
    /// <summary>Both entries and the attribute.</summary>
    public override string ToString() => $"{From} {Attribute} -> {To}";
}
