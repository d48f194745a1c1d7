using Hermes.Testing.Contracts.Buses;
using Hermes.Testing.Contracts.Buses.WholeWay;

namespace Hermes.Sqlite.Tests.Bus;

public sealed class SqliteBusContractTests : BusContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new SqliteTestBus());
}

public sealed class SqliteBusRestartTests : BusRestartContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new SqliteTestBus());
}

public sealed class SqliteBusDeduplicationTests : BusDeduplicationContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new SqliteTestBus());
}

public sealed class SqliteBusRetentionContractTests : BusRetentionContract
{
    protected override Task<IRetainingTestBus> CreateBusAsync() => Task.FromResult<IRetainingTestBus>(new SqliteTestBus());
}

public sealed class SqliteBusRestoredStateTests : RestoredStateContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new SqliteTestBus());
}
