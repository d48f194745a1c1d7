using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>An entry with the link of its object.</summary>
/// <param name="Key">The key of the entry.</param>
/// <param name="Link">What its object is called on the target for ever; null if it has none, or none is known.</param>
/// <param name="IsTrashed">Whether the entry lies in the trashbin.</param>
public sealed record EntryLink(EntryKey Key, string? Link, bool IsTrashed);
