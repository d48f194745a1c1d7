using Hermes.Testing.Contracts.Buses;
using Hermes.Testing.Contracts.Buses.WholeWay;
using Hermes.TestSupport.Servers;

namespace Hermes.Kafka.Tests;

[CollectionDefinition(nameof(MockCluster))]
public sealed class MockClusterCollection : ICollectionFixture<SharedServer<MockCluster>>;

[Collection(nameof(MockCluster))]
public sealed class KafkaBusTests(SharedServer<MockCluster> shared) : BusContract
{
    protected override async Task<ITestBus> CreateBusAsync() => KafkaTestBus.Make(await shared.GetAsync());
}

[Collection(nameof(MockCluster))]
public sealed class KafkaRestartTests(SharedServer<MockCluster> shared) : BusRestartContract
{
    protected override async Task<ITestBus> CreateBusAsync() => KafkaTestBus.Make(await shared.GetAsync());
}

[Collection(nameof(MockCluster))]
public sealed class KafkaBrokerTests(SharedServer<MockCluster> shared) : BrokerContract
{
    // The mock cluster keeps 5 MB.
    protected override int MessagesUnderLoad => 8000;

    protected override async Task<IBrokerTestBus> CreateBusAsync() => KafkaTestBus.Make(await shared.GetAsync());
}

[Collection(nameof(MockCluster))]
public sealed class KafkaRetentionTests(SharedServer<MockCluster> shared) : BusRetentionContract
{
    protected override async Task<IRetainingTestBus> CreateBusAsync() => KafkaTestBus.Make(await shared.GetAsync());
}

[CollectionDefinition(nameof(KafkaServer))]
public sealed class KafkaServerCollection : ICollectionFixture<SharedServer<KafkaServer>>;

[Collection(nameof(KafkaServer)), RequiresServer("kafka")]
public sealed class KafkaWholeWayTests(SharedServer<KafkaServer> shared) : WholeWayContract
{
    protected override int Entries => 12_000;

    protected override async Task<IBrokerTestBus> CreateBusAsync() => await KafkaServerBus.MakeAsync(await shared.GetAsync());
}

[Collection(nameof(KafkaServer)), RequiresServer("kafka")]
public sealed class KafkaHangTests(SharedServer<KafkaServer> shared) : BusHangContract
{
    protected override async Task<IHangingTestBus> CreateBusAsync() => await KafkaServerBus.MakeAsync(await shared.GetAsync());
}

[Collection(nameof(MockCluster))]
public sealed class KafkaRestoredStateTests(SharedServer<MockCluster> shared) : RestoredStateContract
{
    protected override async Task<ITestBus> CreateBusAsync() => KafkaTestBus.Make(await shared.GetAsync());
}
