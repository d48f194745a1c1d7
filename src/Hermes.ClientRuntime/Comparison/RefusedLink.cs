using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>A link that was not set.</summary>
/// <param name="Key">The key of the entry.</param>
/// <param name="Link">The link of the object.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedLink(EntryKey Key, string Link, string Reason);
