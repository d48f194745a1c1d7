using Hermes.Testing.Contracts.Buses;
using Hermes.Testing.Contracts.Buses.WholeWay;
using Hermes.TestSupport.Servers;

namespace Hermes.RabbitMq.Tests;

[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqBusTests(SharedServer<RabbitMqServer> shared) : BusContract
{
    protected override async Task<ITestBus> CreateBusAsync() => await RabbitMqTestBus.MakeAsync(await shared.GetAsync());
}

[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqRestartTests(SharedServer<RabbitMqServer> shared) : BusRestartContract
{
    protected override async Task<ITestBus> CreateBusAsync() => await RabbitMqTestBus.MakeAsync(await shared.GetAsync());
}

[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqBrokerTests(SharedServer<RabbitMqServer> shared) : BrokerContract
{
    // The hundred thousand go the whole way, below.
    protected override int MessagesUnderLoad => 20_000;

    protected override async Task<IBrokerTestBus> CreateBusAsync() => await RabbitMqTestBus.MakeAsync(await shared.GetAsync());
}

[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqWholeWayTests(SharedServer<RabbitMqServer> shared) : WholeWayContract
{
    protected override async Task<IBrokerTestBus> CreateBusAsync() => await RabbitMqTestBus.MakeAsync(await shared.GetAsync());
}

[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqHangTests(SharedServer<RabbitMqServer> shared) : BusHangContract
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    protected override async Task<IHangingTestBus> CreateBusAsync() =>
        await RabbitMqTestBus.MakeAsync(
            await shared.GetAsync(), options => (options.ConnectTimeout, options.ConfirmTimeout, options.Heartbeat) = (Limit, Limit, Limit));
}

[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqRetentionTests(SharedServer<RabbitMqServer> shared) : BusRetentionContract
{
    protected override async Task<IRetainingTestBus> CreateBusAsync() =>
        await RabbitMqTestBus.MakeAsync(await shared.GetAsync(), options => (options.RetentionBytes, options.SegmentBytes) = (200_000, 100_000));
}

[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqCredentialsTests(SharedServer<RabbitMqServer> shared) : BusCredentialsContract
{
    protected override async Task<ISecuredTestBus> CreateBusAsync() => await RabbitMqTestBus.MakeAsync(await shared.GetAsync());
}

[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqRestoredStateTests(SharedServer<RabbitMqServer> shared) : RestoredStateContract
{
    protected override async Task<ITestBus> CreateBusAsync() => await RabbitMqTestBus.MakeAsync(await shared.GetAsync());
}
