using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace Hermes.Sql.Tests.Source;

public sealed class SqliteSourceContractTests : QueryableSourceContract
{
    protected override Task<IQueryableTestSource> CreateQueryableAsync()
    {
        var file = new TestFile();
        var database = new TestDatabase(SqliteFactory.Instance, file.ConnectionString, DatabaseKind.Sqlite);
        return Task.FromResult<IQueryableTestSource>(new SqlTestSource(database, $"Data Source={file.Path}.elsewhere", [], file));
    }
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlSourceContractTests(SharedServer<PostgreSqlServer> shared) : QueryableSourceContract
{
    protected override async Task<IQueryableTestSource> CreateQueryableAsync()
    {
        var database = new TestDatabase(NpgsqlFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.PostgreSql);
        var unreachable = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = FreePorts.Next() }.ConnectionString;
        return new SqlTestSource(database, unreachable, [PostgreSqlServer.Password]);
    }
}

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbSourceContractTests(SharedServer<MariaDbServer> shared) : QueryableSourceContract
{
    protected override async Task<IQueryableTestSource> CreateQueryableAsync()
    {
        var database = new TestDatabase(MySqlConnectorFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.MariaDb);
        var unreachable = new MySqlConnectionStringBuilder(database.ConnectionString) { Port = (uint)FreePorts.Next() }.ConnectionString;
        return new SqlTestSource(database, unreachable, [MariaDbServer.Password]);
    }
}
