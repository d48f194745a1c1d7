using Hermes.Sql.Target;
using Hermes.Sql.Tests.Servers;
using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;

namespace Hermes.Sql.Tests.Target;

public sealed class SqliteFlaggingTableTargetContractTests : TableTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await TestTables.OnSqliteAsync(TrashedRows.Flag);
}

public sealed class SqliteDeletingTableTargetContractTests : TableTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await TestTables.OnSqliteAsync(TrashedRows.Delete);
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlTableTargetContractTests(SharedServer<PostgreSqlServer> shared) : TableTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await TestTables.OnPostgreSqlAsync(shared);
}

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbTableTargetContractTests(SharedServer<MariaDbServer> shared) : TableTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await TestTables.OnMariaDbAsync(shared);
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

public sealed class SqliteFlaggingTableReadingContractTests : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await TestTables.OnSqliteAsync(TrashedRows.Flag);
}

public sealed class SqliteDeletingTableReadingContractTests : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await TestTables.OnSqliteAsync(TrashedRows.Delete);
}

public sealed class SqliteKeepingTableReadingContractTests : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await TestTables.OnSqliteAsync(TrashedRows.Keep);
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlTableReadingContractTests(SharedServer<PostgreSqlServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await TestTables.OnPostgreSqlAsync(shared);
}

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbTableReadingContractTests(SharedServer<MariaDbServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await TestTables.OnMariaDbAsync(shared);
}
