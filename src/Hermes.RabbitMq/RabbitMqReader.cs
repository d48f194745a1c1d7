using System.Threading.Channels;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using RabbitMQ.Client;

namespace Hermes.RabbitMq;

/// <summary>One subscription to the stream. Deliveries wait in a queue that is never longer than what the broker may have under way.</summary>
internal sealed class RabbitMqReader : IAsyncDisposable
{
    // The broker ends a reader that owes it an acknowledgement for half an hour.
    private static readonly TimeSpan LongestDebt = TimeSpan.FromMinutes(1);

    private readonly RabbitMqOptions _options;
    private readonly IChannel _channel;
    private readonly int _prefetch;
    private readonly TimeProvider _time;
    private readonly Channel<(ReceivedMessage Message, ulong Tag)> _deliveries =
        Channel.CreateUnbounded<(ReceivedMessage, ulong)>(new() { SingleReader = true, SingleWriter = true });

    private string _tag = "";
    private int _unacknowledged;
    private ulong _last;

    private RabbitMqReader(RabbitMqOptions options, IChannel channel, int prefetch, TimeProvider time) =>
        (_options, _channel, _prefetch, _time) = (options, channel, prefetch, time);

    /// <param name="connection">The connection to open a channel on.</param>
    /// <param name="options">The stream.</param>
    /// <param name="from">An offset, or <c>first</c>, or <c>last</c>: the last chunk.</param>
    /// <param name="prefetch">How many messages may be under way.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RabbitMqReader> OpenAsync(
        IConnection connection, RabbitMqOptions options, object from, int prefetch, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new RabbitMqReader(options, await connection.CreateChannelAsync(cancellationToken: cancellationToken), prefetch, time);
        try
        {
            await reader.SubscribeAsync(from, cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next message; waits for it.</summary>
    /// <exception cref="BusException">The subscription ended.</exception>
    public async ValueTask<ReceivedMessage> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_deliveries.Reader.TryRead(out var delivery))
            {
                await AcknowledgeIfQuietAsync(cancellationToken);
                delivery = await _deliveries.Reader.ReadAsync(cancellationToken);
            }

            // The broker sends more as these come back; several at once halve the traffic.
            _last = delivery.Tag;
            if (++_unacknowledged >= _prefetch / 2)
                await AcknowledgeAsync(cancellationToken);
            return delivery.Message;
        }
        catch (ChannelClosedException exception) when (exception.InnerException is BusException fault)
        {
            throw new BusException(fault.Message, fault.Fault, fault);
        }
        catch (Exception exception) when (RabbitMqFaults.IsOfBroker(exception))
        {
            throw RabbitMqFaults.Of(exception, _options);
        }
    }

    /// <summary>Ends the subscription and returns what had been delivered by then.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> EndAsync(CancellationToken cancellationToken)
    {
        var rest = new List<ReceivedMessage>();
        try
        {
            await _channel.BasicCancelAsync(_tag, cancellationToken: cancellationToken);
            await foreach (var (message, _) in _deliveries.Reader.ReadAllAsync(cancellationToken))
                rest.Add(message);
            return rest;
        }
        catch (Exception exception) when (RabbitMqFaults.IsOfBroker(exception))
        {
            throw RabbitMqFaults.Of(exception, _options);
        }
    }

    public async ValueTask DisposeAsync() => await _channel.DisposeAsync();

    private async ValueTask AcknowledgeIfQuietAsync(CancellationToken cancellationToken)
    {
        if (_unacknowledged == 0)
            return;
        using var debt = new CancellationTokenSource(LongestDebt, _time);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, debt.Token);
        try
        {
            await _deliveries.Reader.WaitToReadAsync(wait.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await AcknowledgeAsync(cancellationToken);
        }
    }

    private async ValueTask AcknowledgeAsync(CancellationToken cancellationToken)
    {
        _unacknowledged = 0;
        await _channel.BasicAckAsync(_last, multiple: true, cancellationToken);
    }

    private async Task SubscribeAsync(object from, CancellationToken cancellationToken)
    {
        _channel.ChannelShutdownAsync += (_, shutdown) => EndWith(RabbitMqFaults.Of(shutdown, _options));
        await _channel.BasicQosAsync(0, (ushort)_prefetch, global: false, cancellationToken);
        var consumer = new Deliveries(_channel, this);
        _tag = await _channel.BasicConsumeAsync(
            _options.Stream,
            autoAck: false,
            consumerTag: "",
            noLocal: false,
            exclusive: false,
            new Dictionary<string, object?> { [RabbitMqStream.Offset] = from },
            consumer,
            cancellationToken);
    }

    private Task EndWith(BusException? fault)
    {
        _deliveries.Writer.TryComplete(fault);
        return Task.CompletedTask;
    }

    private sealed class Deliveries(IChannel channel, RabbitMqReader reader) : AsyncDefaultBasicConsumer(channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag,
            ulong deliveryTag,
            bool redelivered,
            string exchange,
            string routingKey,
            IReadOnlyBasicProperties properties,
            ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            if (RabbitMqMessages.Offset(properties) is not { } offset)
                return reader.EndWith(RabbitMqFaults.NoStream(reader._options));
            reader._deliveries.Writer.TryWrite((RabbitMqMessages.Received(properties, body, offset), deliveryTag));
            return Task.CompletedTask;
        }

        // We ended it: all that was delivered is in the queue before this.
        public override Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) => reader.EndWith(null);

        // The broker ended it, as it does when a stream is deleted or moves to another node.
        public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) =>
            reader.EndWith(new BusException(
                $"The RabbitMQ broker at {reader._options.Address} ended the reading of the stream '{reader._options.Stream}': it was deleted, or moves to another node.",
                FaultKind.Transient));
    }
}
