using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Source;
using Microsoft.Data.Sqlite;

namespace Hermes.Sql.Tests;

/// <summary>A SQLite file of one test, and what tests do with it.</summary>
public sealed class TestFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hermes-sql-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "campus.db");

    public string ConnectionString => $"Data Source={Path};Pooling=False";

    public void Run(string sql)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public SqlSource Source(Action<SqlSourceOptions>? configure = null)
    {
        var options = new SqlSourceOptions();
        options.Connect(SqliteFactory.Instance, ConnectionString);
        configure?.Invoke(options);
        return new SqlSource("hr", options);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    public static SourceOperation Fetch(string query, params (string Name, Value Value)[] variables) => new(
        SourceOperationKind.Fetch, query, variables.ToDictionary(variable => variable.Name, variable => variable.Value), []);

    public static async Task<List<Dictionary<string, Value>>> ReadAsync(IDataSource source, SourceOperation operation)
    {
        var rows = new List<Dictionary<string, Value>>();
        await foreach (var row in source.FetchAsync(operation, CancellationToken.None))
        {
            var values = row.Values.ToArray();
            rows.Add(row.Columns.Names.Select((name, i) => (name, values[i])).ToDictionary(pair => pair.name, pair => pair.Item2));
        }

        return rows;
    }
}
