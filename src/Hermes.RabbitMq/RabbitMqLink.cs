using Hermes.Abstractions.Buses;
using RabbitMQ.Client;

namespace Hermes.RabbitMq;

/// <summary>A connection to a broker that has the stream.</summary>
internal sealed class RabbitMqLink : IAsyncDisposable
{
    /// <summary>How long the end of a connection waits for the broker. What is under way is taken within that time, or the broker does not answer.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private RabbitMqLink(IConnection connection) => Connection = connection;

    public IConnection Connection { get; }

    /// <summary>Connects and makes sure of the stream.</summary>
    /// <exception cref="Abstractions.Buses.BusException">No connection, or no stream.</exception>
    public static async Task<RabbitMqLink> OpenAsync(RabbitMqOptions options, string purpose, CancellationToken cancellationToken)
    {
        var link = new RabbitMqLink(await RabbitMqConnector.ConnectAsync(options, purpose, cancellationToken));
        try
        {
            await link.EnsureStreamAsync(options, cancellationToken);
            return link;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sees to it that the stream is there, and so that the broker answers.</summary>
    /// <exception cref="Abstractions.Buses.BusException">No stream, or no answer.</exception>
    public async Task EnsureStreamAsync(RabbitMqOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await RabbitMqStream.EnsureAsync(Connection, options, cancellationToken);
        }
        catch (Exception exception) when (RabbitMqFaults.IsOfBroker(exception))
        {
            throw RabbitMqFaults.Of(exception, options);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.CloseAsync(Constants.ReplySuccess, "Goodbye", Farewell, abort: true, CancellationToken.None);
        await Connection.DisposeAsync();
    }
}

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
