namespace Hermes.Sqlite.ServerState;

/// <summary>The table of a data type's entries.</summary>
internal sealed class TypeTable(string name, long number, bool isStored, long storedId)
{
    public string Name { get; } = name;

    public long Number { get; } = number;

    public string Table { get; } = ServerStateTables.Entries(number);

    /// <summary>Whether the table was committed.</summary>
    public bool IsStored { get; } = isStored;

    /// <summary>Whether the table is in the file, committed or not.</summary>
    public bool Exists { get; set; } = isStored;

    /// <summary>The greatest number of a committed entry. Those of an open draft are above it.</summary>
    public long StoredId { get; } = storedId;

    /// <summary>The greatest number given to an entry, committed or not.</summary>
    public long LastId { get; set; } = storedId;
}
