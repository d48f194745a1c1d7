using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>An entry with the link of its object.</summary>
/// <param name="Number">The place of the entry in the order in which entries came.</param>
/// <param name="Key">The key of the entry.</param>
/// <param name="Link">What its object is called on the target for ever; null if it has none, or none is known.</param>
/// <param name="IsTrashed">Whether the entry lies in the trashbin.</param>
public sealed record EntryLink(long Number, EntryKey Key, string? Link, bool IsTrashed);
