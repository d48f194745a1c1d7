using Microsoft.Data.Sqlite;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>Looks into a database of the rig.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <param name="path">The file.</param>
    /// <param name="isLeftAlone">Whether its write-ahead log must stay as it is: whoever may write writes the log into the file when he leaves last.</param>
    public SqliteFile(string path, bool isLeftAlone = false)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=30;Mode={(isLeftAlone ? "ReadOnly" : "ReadWriteCreate")}");
        _connection.Open();
    }

    public IEnumerable<object?[]> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            yield return row;
        }
    }

    /// <summary>The rows of a query, their columns with names.</summary>
    public IEnumerable<(string Name, object? Value)[]> Named(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.IsDBNull(i) ? null : reader.GetValue(i)))];
    }

    public bool HasTable(string name) => Rows($"select 1 from sqlite_schema where type = 'table' and name = '{name}'").Any();

    public void Dispose() => _connection.Dispose();
}
