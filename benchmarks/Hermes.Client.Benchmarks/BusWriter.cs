using Hermes.Abstractions.Buses;
using Hermes.Events;
using Hermes.Events.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Client.Benchmarks;

/// <summary>Writes events to a SQLite bus as a server does.</summary>
internal sealed class BusWriter : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IMessageBusProducer _producer;
    private long _sequence;

    /// <param name="path">The bus.</param>
    /// <param name="sequence">The number of the last event on it.</param>
    public BusWriter(string path, long sequence)
    {
        var parts = new ServiceCollection();
        var builder = new ProducerOnly(parts);
        builder.UseSqliteBus(path);
        _services = parts.BuildServiceProvider();
        _producer = builder.Create!(_services);
        _sequence = sequence;
    }

    public Task SendAsync(params IReadOnlyList<HermesEvent> events) => _producer.SendAsync([.. events.Select(Message)], CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _producer.DisposeAsync();
        await _services.DisposeAsync();
    }

    private BusMessage Message(HermesEvent @event)
    {
        var stamp = new EventStamp("benchmark", ++_sequence, DateTimeOffset.UnixEpoch);
        return new BusMessage(EventJson.CategoryName(@event.Category), EventJson.Encode(@event, stamp)) { Id = stamp.Id };
    }
}
