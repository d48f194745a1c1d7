namespace Hermes.ClientRuntime.State;

/// <summary>An entry with the table that it is kept in.</summary>
/// <param name="Table">The entries of its type.</param>
/// <param name="Entry">The entry.</param>
public readonly record struct TableEntry(EntryTable Table, StoredEntry Entry)
{
    /// <summary>Where it is kept.</summary>
    public EntryAddress Address => new(Table, Entry.Key);
}
