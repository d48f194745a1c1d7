using Hermes.Abstractions.Buses;
using RabbitMQ.Client;

namespace Hermes.RabbitMq;

/// <summary>Connects to the broker.</summary>
internal static class RabbitMqConnector
{
    /// <summary>Makes a connection. It does not repair itself: what uses it must know what was under way, and starts from a new one.</summary>
    /// <exception cref="BusException">It cannot be made.</exception>
    public static async Task<IConnection> ConnectAsync(RabbitMqOptions options, string purpose, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            HostName = options.Host,
            Port = options.EffectivePort,
            VirtualHost = options.VirtualHost,
            UserName = options.UserName,
            Password = options.Password,
            ClientProvidedName = $"Hermes {purpose} of {options.Stream}",
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = options.ConnectTimeout,
            ContinuationTimeout = options.ConnectTimeout,
            HandshakeContinuationTimeout = options.ConnectTimeout,
            RequestedHeartbeat = options.Heartbeat,
        };
        var tls = options.UseTls ? new RabbitMqTls(options) : null;
        if (tls is not null)
            factory.Ssl = tls.Settings;

        // The library's own limits do not hold for a broker that accepts the connection and then says nothing.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.ConnectTimeout);
        try
        {
            return await factory.CreateConnectionAsync(patience.Token);
        }
        catch (Exception exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw RabbitMqFaults.Of(new TimeoutException(exception.Message, exception), options);
        }
        catch (Exception exception) when (RabbitMqFaults.IsOfBroker(exception))
        {
            throw tls?.Finding is { } finding ? RabbitMqFaults.Untrusted(finding, exception, options) : RabbitMqFaults.Of(exception, options);
        }
    }
}
