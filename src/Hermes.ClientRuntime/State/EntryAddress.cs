using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>Where an entry is kept.</summary>
/// <param name="Table">The entries of its type.</param>
/// <param name="Key">Its key.</param>
public readonly record struct EntryAddress(EntryTable Table, EntryKey Key);
