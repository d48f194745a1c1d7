using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;

namespace Hermes.Sqlite.Tests.Bus;

/// <summary>The file of the bus is removed or replaced while it is in use. Windows does not allow that.</summary>
public sealed class SqliteBusReplacedFileTests : IAsyncLifetime
{
    private readonly SqliteTestBus _bus = new();
    private readonly IMessageBusProducer _producer;

    public SqliteBusReplacedFileTests() => _producer = _bus.CreateProducer();

    public Task InitializeAsync() => _producer.SendAsync(BusMessages.Numbered(0, 10), default);

    public async Task DisposeAsync()
    {
        await _producer.DisposeAsync();
        await _bus.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_that_went_into_a_removed_file_is_not_confirmed(bool isReplaced)
    {
        if (isReplaced)
            Replace();
        else
            Remove();
        _producer.IsConnected.Should().BeFalse();

        var send = () => _producer.SendAsync(BusMessages.Numbered(10, 1), default);

        var failure = (await send.Should().ThrowAsync<BusException>()).Which;
        (failure.Fault, failure.Confirmed).Should().Be((FaultKind.Transient, 0));
        failure.Message.Should().Contain(_bus.File).And.Contain("removed or replaced");
    }

    [Fact]
    public async Task Next_send_goes_into_a_new_file_which_is_another_bus()
    {
        await using var reader = _bus.CreateConsumer();
        var before = await reader.GetIncarnationAsync(default);
        Remove();
        await _producer.Awaiting(producer => producer.SendAsync(BusMessages.Numbered(10, 1), default)).Should().ThrowAsync<BusException>();

        await _producer.SendAsync(BusMessages.Numbered(10, 1), default);

        (await reader.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(10, 1));
        (await reader.GetIncarnationAsync(default)).Should().NotBe(before);
    }

    [Fact]
    public async Task Reader_is_told_that_its_file_is_gone()
    {
        await using var reader = _bus.CreateConsumer();
        var reading = async () =>
        {
            await foreach (var _ in reader.ReadAsync(BusPosition.Beginning, default))
                Remove();
        };

        await reading.Should().ThrowAsync<BusException>().WithMessage("*removed or replaced*");
    }

    [Fact]
    public async Task Restored_copy_keeps_its_incarnation()
    {
        await using var reader = _bus.CreateConsumer();
        var before = await reader.GetIncarnationAsync(default);

        Replace();

        (await reader.GetIncarnationAsync(default)).Should().Be(before);
    }

    private void Remove()
    {
        foreach (var file in new[] { "", "-wal", "-shm" })
            File.Delete(_bus.File + file);
    }

    // The write-ahead log belongs to the file as it was.
    private void Replace()
    {
        using (var copy = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_bus.File};Pooling=False"))
        {
            copy.Open();
            copy.Execute($"VACUUM INTO '{_bus.File}.copy'");
        }

        Remove();
        File.Move(_bus.File + ".copy", _bus.File);
    }
}
