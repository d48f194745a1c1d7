namespace Hermes.Sqlite.ServerState;

/// <summary>The table of a data type's entries.</summary>
internal sealed record TypeTable(string Name, long Number)
{
    public string Table { get; } = ServerStateTables.Entries(Number);
}
