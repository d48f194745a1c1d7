using System.Data.Common;
using Hermes.Sql.Target;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.TestSupport.Servers;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace Hermes.Sql.Tests.Target;

/// <summary>Table targets under test, each in a database of its own.</summary>
internal static class TestTables
{
    public static Task<TableTestTarget> OnSqliteAsync(TrashedRows trashed)
    {
        var file = new TestFile();
        file.Run("SELECT 1");
        var locked = new TestFile();
        locked.Run("CREATE TABLE people (id)");
        var holder = new SqliteConnection(locked.ConnectionString);
        holder.Open();
        var held = holder.BeginTransaction();
        return TableTestTarget.StartAsync(
            new TestDatabase(SqliteFactory.Instance, file.ConnectionString, DatabaseKind.Sqlite),
            trashed,
            options =>
            {
                options.CommandTimeout = TimeSpan.FromSeconds(1);
                options.Connect(SqliteFactory.Instance, locked.ConnectionString);
            },
            [],
            held, holder, locked, file);
    }

    public static async Task<TableTestTarget> OnPostgreSqlAsync(SharedServer<PostgreSqlServer> shared)
    {
        var database = new TestDatabase(NpgsqlFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.PostgreSql);
        var unreachable = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = FreePorts.Next() }.ConnectionString;
        return await TableTestTarget.StartAsync(
            database, TrashedRows.Flag, options => options.Connect(NpgsqlFactory.Instance, unreachable), [PostgreSqlServer.Password]);
    }

    public static async Task<TableTestTarget> OnMariaDbAsync(SharedServer<MariaDbServer> shared)
    {
        var database = new TestDatabase(MySqlConnectorFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.MariaDb);
        var unreachable = new MySqlConnectionStringBuilder(database.ConnectionString) { Port = (uint)FreePorts.Next() }.ConnectionString;
        return await TableTestTarget.StartAsync(
            database, TrashedRows.Flag, options => options.Connect(MySqlConnectorFactory.Instance, unreachable), [MariaDbServer.Password]);
    }

    /// <summary>A database with one table.</summary>
    public static async Task<TestDatabase> MakeAsync(DbProviderFactory factory, Func<Task<string>> create, DatabaseKind kind, string table)
    {
        var database = new TestDatabase(factory, await create(), kind);
        await database.RunAsync(table);
        return database;
    }
}
