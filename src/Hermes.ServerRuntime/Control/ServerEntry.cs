using Hermes.Abstractions.Data;

namespace Hermes.ServerRuntime.Control;

/// <summary>A cached entry, as people see it: without secret values.</summary>
/// <param name="Type">The type.</param>
/// <param name="Key">The key.</param>
/// <param name="Display">How the entry shows.</param>
/// <param name="Attributes">The cached attributes, those included that are not sent.</param>
public sealed record ServerEntry(string Type, EntryKey Key, string Display, Entry Attributes)
{
    /// <inheritdoc/>
    public override string ToString() => Display;
}
