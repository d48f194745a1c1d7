using System.Data.Common;
using Hermes.Abstractions.Data;
using Hermes.Sql.Connections;
using Hermes.Sql.Dialects;
using Hermes.Sql.Source;
using Hermes.Sql.Tests.Servers.Kinds;

namespace Hermes.Sql.Tests.Servers;

/// <summary>A database of one test.</summary>
/// <param name="factory">The driver.</param>
/// <param name="connectionString">Leads to the database.</param>
/// <param name="kind">What is special about its SQL.</param>
public sealed class TestDatabase(DbProviderFactory factory, string connectionString, DatabaseKind kind)
{
    public DbProviderFactory Factory => factory;

    public string ConnectionString => connectionString;

    public DatabaseKind Kind => kind;

    internal Dialect Dialect => Dialect.Of(kind.Dialect);

    public string Quote(string name) => Dialect.Quote(name);

    public TOptions Connect<TOptions>(TOptions options)
        where TOptions : SqlConnectionOptions
    {
        options.Connect(factory, connectionString);
        return options;
    }

    public SqlSource Source() => new("hr", Connect(new SqlSourceOptions()));

    public async Task RunAsync(string sql, params (string Name, Value Value)[] variables)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in variables)
            SqlDatabase.Bind(command, Dialect, name, value);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<DbConnection> OpenAsync()
    {
        var connection = factory.CreateConnection()!;
        connection.ConnectionString = connectionString;
        await connection.OpenAsync();
        return connection;
    }
}
