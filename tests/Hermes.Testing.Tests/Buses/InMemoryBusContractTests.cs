using Hermes.Testing.Contracts.Buses;

namespace Hermes.Testing.Tests.Buses;

public sealed class InMemoryBusContractTests : BusContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new InMemoryTestBus());
}

public sealed class InMemoryBusRestartTests : BusRestartContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new InMemoryTestBus());
}

public sealed class InMemoryBusDeduplicationTests : BusDeduplicationContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new InMemoryTestBus());
}

public sealed class InMemoryBusRetentionTests : BusRetentionContract
{
    protected override Task<IRetainingTestBus> CreateBusAsync() => Task.FromResult<IRetainingTestBus>(new InMemoryTestBus());
}
