namespace Hermes.ClientRuntime.State;

/// <summary>An entry with its place in the order in which entries came.</summary>
/// <param name="Number">Its place; later entries have greater ones.</param>
/// <param name="Entry">The entry.</param>
public readonly record struct NumberedEntry(long Number, StoredEntry Entry);
