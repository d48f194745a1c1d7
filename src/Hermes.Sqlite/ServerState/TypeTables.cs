using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>Which table the entries of each data type are in.</summary>
internal sealed class TypeTables
{
    private readonly Dictionary<string, TypeTable> _tables = new(StringComparer.Ordinal);

    /// <summary>Reads them as a connection sees them.</summary>
    public static TypeTables Read(SqliteConnection connection)
    {
        var tables = new TypeTables();
        using var rows = new SqliteStatement(connection, "SELECT name, number FROM types");
        while (rows.Read())
            tables._tables.Add(rows.Text(0), new TypeTable(rows.Text(0), rows.Long(1)));
        return tables;
    }

    /// <summary>The table of a type, or null if it has none.</summary>
    public TypeTable? Find(string type) => _tables.GetValueOrDefault(type);

    /// <summary>The table of a type, made if need be.</summary>
    public TypeTable FindOrMake(string type, SqliteConnection connection)
    {
        if (_tables.TryGetValue(type, out var table))
            return table;
        table = new TypeTable(type, 1 + _tables.Values.Select(other => other.Number).DefaultIfEmpty(0).Max());
        connection.Execute(ServerStateTables.CreateEntries(table.Number));
        using var insert = new SqliteStatement(connection, "INSERT INTO types (number, name) VALUES (?1, ?2)");
        insert.Bind(0, table.Number).Bind(1, type).Run();
        _tables.Add(type, table);
        return table;
    }

    /// <summary>Drops the table of a type, if it has one.</summary>
    public void Drop(string type, SqliteConnection connection)
    {
        if (!_tables.Remove(type, out var table))
            return;
        connection.Execute($"DROP TABLE {table.Table}");
        using var delete = new SqliteStatement(connection, "DELETE FROM types WHERE number = ?1");
        delete.Bind(0, table.Number).Run();
    }
}

/// <summary>The table of a data type's entries.</summary>
internal sealed record TypeTable(string Name, long Number)
{
    public string Table { get; } = ServerStateTables.Entries(Number);
}
