using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Control;

/// <summary>How many entries of a type a client keeps, by the expected view.</summary>
/// <param name="Side">Whose type it is.</param>
/// <param name="Type">The type.</param>
/// <param name="Live">Entries that are live.</param>
/// <param name="Trashed">Entries in the trashbin.</param>
public sealed record EntryCounts(EntrySide Side, string Type, long Live, long Trashed);
