using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>An entry that has another key by a new schema of the server; nothing else of it changed.</summary>
/// <param name="Former">The key by which the target was told of it before.</param>
/// <param name="Key">The key by which it is told from now on.</param>
public sealed record EntryRekeyed(EntryKey Former, EntryKey Key);
