using Hermes.Abstractions.Buses;
using RabbitMQ.Client;

namespace Hermes.RabbitMq;

/// <summary>A connection and channel on which messages are published and confirmed.</summary>
internal sealed class RabbitMqPublisher : IAsyncDisposable
{
    private readonly RabbitMqOptions _options;
    private readonly RabbitMqLink _link;
    private readonly IChannel _channel;
    private ulong _next = 1;
    private volatile PublisherConfirms? _expected;

    private RabbitMqPublisher(RabbitMqOptions options, RabbitMqLink link, IChannel channel)
    {
        _options = options;
        _link = link;
        _channel = channel;
        channel.BasicAcksAsync += (_, ack) =>
        {
            _expected?.Confirm(ack.DeliveryTag, ack.Multiple);
            return Task.CompletedTask;
        };
        channel.BasicNacksAsync += (_, nack) =>
        {
            _expected?.Refuse(nack.DeliveryTag);
            return Task.CompletedTask;
        };
        // Returned because the stream is gone. The broker confirms such a message too, after this.
        channel.BasicReturnAsync += (_, _) =>
        {
            _expected?.Fail(RabbitMqFaults.StreamMissing(options));
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, shutdown) =>
        {
            _expected?.Fail(RabbitMqFaults.Of(shutdown, options));
            return Task.CompletedTask;
        };
        link.Connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            Blocked = blocked.Reason;
            return Task.CompletedTask;
        };
        link.Connection.ConnectionUnblockedAsync += (_, _) =>
        {
            Blocked = null;
            return Task.CompletedTask;
        };
    }

    /// <summary>Whether it can still be used.</summary>
    public bool IsOpen => _channel.IsOpen;

    /// <summary>Why the broker takes nothing at present (disk or memory is low), or null.</summary>
    public string? Blocked { get; private set; }

    /// <exception cref="BusException">No connection, or no stream.</exception>
    public static async Task<RabbitMqPublisher> OpenAsync(RabbitMqOptions options, CancellationToken cancellationToken)
    {
        var link = await RabbitMqLink.OpenAsync(options, "server", cancellationToken);
        try
        {
            // Confirmations are counted here, for a whole send: the library's own tracking awaits each message by itself.
            var channel = await link.Connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancellationToken);
            return new RabbitMqPublisher(options, link, channel);
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says how many messages are about to be published; must come before the first.</summary>
    public PublisherConfirms Expect(int count)
    {
        var confirms = new PublisherConfirms(_next, count);
        _expected = confirms;
        _next += (ulong)count;
        return confirms;
    }

    public async Task PublishAsync(IReadOnlyList<BusMessage> messages, long unixSeconds, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            await _channel.BasicPublishAsync(
                exchange: "",
                routingKey: _options.Stream,
                mandatory: true,
                RabbitMqMessages.Properties(message, unixSeconds),
                message.Body,
                cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Closes the channel too; that one would wait longer for a broker that does not answer.
        await _link.DisposeAsync();
        await _channel.DisposeAsync();
    }
}
