using Hermes.RabbitMq;

namespace Hermes.Crash.Host;

/// <summary>The stream of a campus at a RabbitMQ broker.</summary>
/// <param name="Port">The port on 127.0.0.1.</param>
/// <param name="UserName">Who to connect as.</param>
/// <param name="Password">The password of <paramref name="UserName"/>.</param>
/// <param name="Stream">The name of the stream.</param>
internal sealed record BrokerPlace(int Port, string UserName, string Password, string Stream)
{
    // The broker dies and comes again, and a process of the rig should soon see both.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public void Set(RabbitMqOptions options)
    {
        (options.Host, options.Port, options.UserName, options.Password, options.Stream) = ("127.0.0.1", Port, UserName, Password, Stream);
        (options.ConnectTimeout, options.ConfirmTimeout, options.Heartbeat) = (Patience, Patience, Patience);
    }
}
