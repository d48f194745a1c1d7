using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Source;
using Hermes.Sql.Tests.Servers;
using Hermes.Testing.Contracts.Sources;

namespace Hermes.Sql.Tests.Source;

/// <summary>A SQL source under test, with the table people.</summary>
internal sealed class SqlTestSource(TestDatabase database, string unreachable, string[] secrets, IDisposable? owned = null) : IQueryableTestSource
{
    public IDataSource Source => Writable;

    public IWritableSource Writable { get; } = database.Source();

    public IReadOnlySet<ValueKind> Kinds { get; } = database.Kind.Columns.Keys.ToHashSet();

    public IReadOnlyList<string> Secrets => [.. secrets, database.ConnectionString];

    public async Task<SourceOperation> StoreAsync(ContractTable table)
    {
        await database.RunAsync("DROP TABLE IF EXISTS people");
        var columns = table.Columns.Select((column, i) => $"{column.Name} {database.Kind.Columns[column.Kind]}{(i == 0 ? " PRIMARY KEY" : "")}");
        await database.RunAsync($"CREATE TABLE people ({string.Join(", ", columns)})");

        var names = table.Columns.Select(column => column.Name).ToArray();
        await using var connection = await database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var row in table.Rows)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"INSERT INTO people VALUES ({string.Join(", ", names.Select(name => "@" + name))})";
            foreach (var (name, value) in names.Zip(row))
                Connections.SqlDatabase.Bind(command, database.Dialect, name, value);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return Operation(SourceOperationKind.Fetch, "SELECT * FROM people") with { Attributes = [.. names.Order(StringComparer.Ordinal)] };
    }

    public Task<SourceOperation> StoreBrokenAsync() => Task.FromResult(Operation(SourceOperationKind.Fetch, database.Kind.FailsAfterTwo));

    public IDataSource Unreachable()
    {
        var options = new SqlSourceOptions();
        options.Connect(database.Factory, unreachable);
        return new SqlSource("hr", options);
    }

    public SourceOperation FetchWhere(string column, Value value) =>
        Operation(SourceOperationKind.Fetch, $"SELECT * FROM people WHERE {column} = @wanted", ("wanted", value), ("unused", 1));

    public SourceOperation FetchUnknown() => Operation(SourceOperationKind.Fetch, "SELECT * FROM no_such_table");

    public SourceOperation Add(params Value[] row) => Operation(
        SourceOperationKind.Add, "INSERT INTO people (id, label, note) VALUES (@id, @label, @note)", ("id", row[0]), ("label", row[1]), ("note", row[2]));

    public SourceOperation Modify(Value id, Value note) =>
        Operation(SourceOperationKind.Modify, "UPDATE people SET note = @note WHERE id = @id", ("id", id), ("note", note));

    public SourceOperation Delete(Value id) => Operation(SourceOperationKind.Delete, "DELETE FROM people WHERE id = @id", ("id", id));

    public ValueTask DisposeAsync()
    {
        owned?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static SourceOperation Operation(SourceOperationKind kind, string query, params (string Name, Value Value)[] variables) =>
        new(kind, query, variables.ToDictionary(variable => variable.Name, variable => variable.Value), []);
}
