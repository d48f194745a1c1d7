using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.Sql.Target;
using Microsoft.Data.Sqlite;

namespace Hermes.Comparison.Benchmarks;

/// <summary>A table of a SQLite file.</summary>
internal sealed class ComparedTable : ICompared
{
    private static readonly string[] Columns = ["id", "login", "first", "last", "mail", "phone", "born", "room", "floor", "active", "status"];

    private readonly SqliteConnection _connection;

    public ComparedTable(string path)
    {
        _connection = new SqliteConnection($"Data Source={path}");
        _connection.Open();

        // What is measured is the comparison: the filling need not be durable.
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
        Run($"CREATE TABLE People ({string.Join(", ", Columns.Select(column => column == "id" ? "id PRIMARY KEY" : column))})");
        var options = new TableTargetOptions();
        options.Connect(() => new SqliteConnection($"Data Source={path}"));
        Target = new TableTarget("benchmark", options);
    }

    public IClientTarget Target { get; }

    public void Map(ClientTypeBuilder type) => type.From("Users").MapAll(Columns);

    public void ChangeOneOfAHundred() => Run("UPDATE People SET room = 'by hand' WHERE rowid % 100 = 0");

    public Task<int> ReadBareAsync()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", Columns)} FROM People";
        using var reader = command.ExecuteReader();
        var (values, rows) = (new object[Columns.Length], 0);
        for (; reader.Read(); rows++)
            reader.GetValues(values);
        return Task.FromResult(rows);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Run(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
