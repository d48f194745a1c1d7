using Hermes.Abstractions.Buses;
using Hermes.Sqlite.Bus;
using Hermes.Testing.Contracts.Buses;

namespace Hermes.Sqlite.Tests.Bus;

/// <summary>A bus in a file of its own.</summary>
internal sealed class SqliteTestBus : IRetainingTestBus
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteBusSignal _signal = new();

    public SqliteBusOptions Options => new() { Path = File, PollInterval = TimeSpan.FromMilliseconds(20) };

    public string File => _folder["bus.db"];

    public IMessageBusProducer CreateProducer() => new SqliteBusProducer(Options, _signal, TimeProvider.System);

    public IMessageBusProducer CreateProducer(SqliteBusOptions options, TimeProvider time) => new SqliteBusProducer(options, _signal, time);

    public IMessageBusConsumer CreateConsumer() => new SqliteBusConsumer(Options, _signal, TimeProvider.System);

    /// <summary>A consumer as another process has it: nobody wakes it.</summary>
    public IMessageBusConsumer CreateForeignConsumer() => new SqliteBusConsumer(Options, new SqliteBusSignal(), TimeProvider.System);

    public async Task RemoveFirstMessageAsync()
    {
        await using var producer = CreateProducer(new() { Path = File, RetentionCount = 5 }, TimeProvider.System);
        await producer.SendAsync(BusMessages.Numbered(1000, 1), default);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
