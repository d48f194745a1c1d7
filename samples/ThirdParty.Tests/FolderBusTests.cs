using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;
using ThirdParty.Bus;

namespace ThirdParty.Tests;

public sealed class FolderBusTests : BusContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new FreshFolder());
}

public sealed class FolderBusRestartTests : BusRestartContract
{
    protected override Task<ITestBus> CreateBusAsync() => Task.FromResult<ITestBus>(new FreshFolder());
}

public sealed class FolderBusRetentionTests : BusRetentionContract
{
    protected override Task<IRetainingTestBus> CreateBusAsync() => Task.FromResult<IRetainingTestBus>(new FreshFolder());
}

/// <summary>A bus in a new folder.</summary>
internal sealed class FreshFolder : IRetainingTestBus
{
    private readonly string _folder = Directory.CreateTempSubdirectory("folder-bus-").FullName;

    private FolderBusOptions Options => new() { Folder = _folder, LookEvery = TimeSpan.FromMilliseconds(5) };

    public IMessageBusProducer CreateProducer() => new FolderBusProducer(Options, TimeProvider.System);

    public IMessageBusConsumer CreateConsumer() => new FolderBusConsumer(Options, TimeProvider.System);

    public async Task RemoveFirstMessageAsync()
    {
        await CreateProducer().SendAsync([new BusMessage("base", "{}"u8.ToArray())], default);
        File.Delete(Directory.EnumerateFiles(_folder).Order().First());
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
