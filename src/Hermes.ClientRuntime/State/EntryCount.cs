namespace Hermes.ClientRuntime.State;

/// <summary>How many entries of a type there are, by their expected view.</summary>
/// <param name="Live">Those that are live.</param>
/// <param name="Trashed">Those in the trashbin.</param>
public readonly record struct EntryCount(long Live, long Trashed);
