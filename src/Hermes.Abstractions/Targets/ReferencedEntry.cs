using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>An entry that an attribute of another one refers to.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Link">The link of its object on the target; null if it has none, because the target sets no links or the object is gone.</param>
public sealed record ReferencedEntry(EntryId Id, string? Link);
