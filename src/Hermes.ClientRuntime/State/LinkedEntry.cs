namespace Hermes.ClientRuntime.State;

/// <summary>A local entry that was found by its link.</summary>
/// <param name="Table">The entries of its type.</param>
/// <param name="Row">The entry, with its place.</param>
public readonly record struct LinkedEntry(EntryTable Table, NumberedEntry Row);
