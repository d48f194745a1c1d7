using Hermes.Abstractions.Configuration;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Buses;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Sqlite.Tests.Bus;

public sealed class SqliteBusExtensionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Code_and_configuration_lead_to_the_same_bus()
    {
        var path = _folder["bus.db"];
        await using var byCode = CapturedBus.Producer(server => server.UseSqliteBus(path));
        await byCode.SendAsync(BusMessages.Numbered(0, 1), default);
        await using var byConfiguration = CapturedBus.Producer(server => SqliteBusExtensions.AddKind(server), ("Kind", "Sqlite"), ("Path", path), ("RetentionAge", "30.00:00:00"));
        await byConfiguration.SendAsync(BusMessages.Numbered(1, 1), default);

        await using var consumer = CapturedBus.Consumer(client => client.UseSqliteBus(path));
        await using var configured = CapturedBus.Consumer(client => SqliteBusExtensions.AddKind(client), ("Kind", "Sqlite"), ("Path", path), ("PollInterval", "00:00:00.100"));
        (await consumer.TakeAsync(2)).DistinctIds().Should().Equal(BusReading.Ids(0, 2));
        (await configured.TakeAsync(2)).DistinctIds().Should().Equal(BusReading.Ids(0, 2));
    }

    [Fact]
    public void Settings_that_are_wrong_are_told_by_their_path()
    {
        var byConfiguration = () => CapturedBus.Producer(server => SqliteBusExtensions.AddKind(server), ("Kind", "Sqlite"), ("Pfad", "x"));
        var byCode = () => CapturedBus.Consumer(client => client.UseSqliteBus(bus => bus.PollInterval = TimeSpan.Zero));

        byConfiguration.Should().Throw<HermesConfigurationException>().WithMessage("*Bus:Pfad*unknown*");
        byCode.Should().Throw<HermesConfigurationException>().WithMessage("*Bus:Path*");
    }
}
