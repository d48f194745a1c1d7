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
