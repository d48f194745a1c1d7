namespace Hermes.Sqlite.ServerState;

/// <summary>The table of a data type's entries.</summary>
internal sealed class TypeTable(string name, long number, bool exists, long lastId)
{
    public string Name { get; } = name;

    public long Number { get; } = number;

    public string Table { get; } = ServerStateTables.Entries(number);

    /// <summary>Whether the table was committed.</summary>
    public bool Exists { get; set; } = exists;

    /// <summary>The greatest number given to an entry, committed or not.</summary>
    public long LastId { get; set; } = lastId;
}
