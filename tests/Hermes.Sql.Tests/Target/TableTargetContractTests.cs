using Hermes.Sql.Target;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace Hermes.Sql.Tests.Target;

public sealed class SqliteFlaggingTableTargetContractTests : SqliteTableTargetContract
{
    protected override TrashedRows Trashed => TrashedRows.Flag;
}

public sealed class SqliteDeletingTableTargetContractTests : SqliteTableTargetContract
{
    protected override TrashedRows Trashed => TrashedRows.Delete;
}

public abstract class SqliteTableTargetContract : TableTargetContract
{
    protected abstract TrashedRows Trashed { get; }

    protected override async Task<IFaultyTestTarget> CreateFaultyAsync()
    {
        var file = new TestFile();
        file.Run("SELECT 1");
        var locked = new TestFile();
        locked.Run("CREATE TABLE people (id)");
        var holder = new SqliteConnection(locked.ConnectionString);
        holder.Open();
        var held = holder.BeginTransaction();
        return await TableTestTarget.StartAsync(
            new TestDatabase(SqliteFactory.Instance, file.ConnectionString, DatabaseKind.Sqlite),
            Trashed,
            options =>
            {
                options.CommandTimeout = TimeSpan.FromSeconds(1);
                options.Connect(SqliteFactory.Instance, locked.ConnectionString);
            },
            [],
            held, holder, locked, file);
    }
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlTableTargetContractTests(SharedServer<PostgreSqlServer> shared) : TableTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync()
    {
        var database = new TestDatabase(NpgsqlFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.PostgreSql);
        var unreachable = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = FreePorts.Next() }.ConnectionString;
        return await TableTestTarget.StartAsync(
            database, TrashedRows.Flag, options => options.Connect(NpgsqlFactory.Instance, unreachable), [PostgreSqlServer.Password]);
    }
}

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbTableTargetContractTests(SharedServer<MariaDbServer> shared) : TableTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync()
    {
        var database = new TestDatabase(MySqlConnectorFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.MariaDb);
        var unreachable = new MySqlConnectionStringBuilder(database.ConnectionString) { Port = (uint)FreePorts.Next() }.ConnectionString;
        return await TableTestTarget.StartAsync(
            database, TrashedRows.Flag, options => options.Connect(MySqlConnectorFactory.Instance, unreachable), [MariaDbServer.Password]);
    }
}
