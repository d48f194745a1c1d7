using Hermes.PostgreSql.Tests.Servers;
using Hermes.Testing.Contracts.Buses;
using Hermes.Testing.Contracts.Buses.WholeWay;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.Bus;

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusTests(SharedServer<PostgreSqlServer> shared) : BusContract
{
    protected override async Task<ITestBus> CreateBusAsync() => PostgreSqlTestBus.Make(await shared.GetAsync());
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusRestartTests(SharedServer<PostgreSqlServer> shared) : BusRestartContract
{
    protected override async Task<ITestBus> CreateBusAsync() => PostgreSqlTestBus.Make(await shared.GetAsync());
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusDeduplicationTests(SharedServer<PostgreSqlServer> shared) : BusDeduplicationContract
{
    protected override async Task<ITestBus> CreateBusAsync() => PostgreSqlTestBus.Make(await shared.GetAsync());
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusRetentionContractTests(SharedServer<PostgreSqlServer> shared) : BusRetentionContract
{
    protected override async Task<IRetainingTestBus> CreateBusAsync() => PostgreSqlTestBus.Make(await shared.GetAsync());
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusCredentialsTests(SharedServer<PostgreSqlServer> shared) : BusCredentialsContract
{
    protected override async Task<ISecuredTestBus> CreateBusAsync() => PostgreSqlTestBus.Make(await shared.GetAsync());
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusRestoredStateTests(SharedServer<PostgreSqlServer> shared) : RestoredStateContract
{
    protected override async Task<ITestBus> CreateBusAsync() => PostgreSqlTestBus.Make(await shared.GetAsync());
}

[Collection(KilledPostgreSqlCollection.Name), RequiresServer("postgresql")]
public sealed class PostgreSqlBrokerTests(SharedServer<PostgreSqlServer> shared) : BrokerContract
{
    protected override int MessagesUnderLoad => 20_000;

    protected override async Task<IBrokerTestBus> CreateBusAsync() => PostgreSqlTestBus.Make(await shared.GetAsync());
}

[Collection(KilledPostgreSqlCollection.Name), RequiresServer("postgresql")]
public sealed class PostgreSqlWholeWayTests(SharedServer<PostgreSqlServer> shared) : WholeWayContract
{
    protected override int Entries => 10_000;

    protected override async Task<IBrokerTestBus> CreateBusAsync() => PostgreSqlTestBus.Make(await shared.GetAsync());
}

[Collection(KilledPostgreSqlCollection.Name), RequiresServer("postgresql")]
public sealed class PostgreSqlHangTests(SharedServer<PostgreSqlServer> shared) : BusHangContract
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    protected override async Task<IHangingTestBus> CreateBusAsync() =>
        PostgreSqlTestBus.Make(await shared.GetAsync(), options => (options.ConnectTimeout, options.CommandTimeout) = (Limit, Limit));
}
