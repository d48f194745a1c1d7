using Hermes.Sql.Target;
using Hermes.Sql.Tests.Servers;
using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;

namespace Hermes.Sql.Tests.Target;

public sealed class SqliteFlaggingTableTargetContractTests : TableTargetContract
{
    protected override Task<IFaultyTestTarget> CreateFaultyAsync() => TestTables.OnSqliteAsync(TrashedRows.Flag);
}

public sealed class SqliteDeletingTableTargetContractTests : TableTargetContract
{
    protected override Task<IFaultyTestTarget> CreateFaultyAsync() => TestTables.OnSqliteAsync(TrashedRows.Delete);
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlTableTargetContractTests(SharedServer<PostgreSqlServer> shared) : TableTargetContract
{
    protected override Task<IFaultyTestTarget> CreateFaultyAsync() => TestTables.OnPostgreSqlAsync(shared);
}

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbTableTargetContractTests(SharedServer<MariaDbServer> shared) : TableTargetContract
{
    protected override Task<IFaultyTestTarget> CreateFaultyAsync() => TestTables.OnMariaDbAsync(shared);
}

public sealed class SqliteFlaggingTableSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await TestTables.OnSqliteAsync(TrashedRows.Flag);
}

public sealed class SqliteDeletingTableSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await TestTables.OnSqliteAsync(TrashedRows.Delete);
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlTableSecretsContractTests(SharedServer<PostgreSqlServer> shared) : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await TestTables.OnPostgreSqlAsync(shared);
}

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbTableSecretsContractTests(SharedServer<MariaDbServer> shared) : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await TestTables.OnMariaDbAsync(shared);
}
