using Hermes.Abstractions.Data;

namespace Hermes.Diff.Diffing;

/// <summary>How an entry differs between two sets.</summary>
/// <param name="Key">The key.</param>
/// <param name="Old">The entry before; null if it was added.</param>
/// <param name="Current">The entry after; null if it was removed.</param>
/// <param name="Changes">What turns the one into the other.</param>
public sealed record EntryDifference(EntryKey Key, Entry? Old, Entry? Current, AttributeChanges Changes);
