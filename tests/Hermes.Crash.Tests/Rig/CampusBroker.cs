using Hermes.Crash.Host;
using Hermes.TestSupport.Servers;

namespace Hermes.Crash.Tests.Rig;

/// <summary>The RabbitMQ broker of a run, started for the first campus that needs it. From then on it is killed again and again, and started on its data.</summary>
/// <param name="killed">Told of each kill.</param>
internal sealed class CampusBroker(Action killed) : IAsyncDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(40);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private Task<RabbitMqServer>? _server;
    private Task _kills = Task.CompletedTask;

    /// <summary>Why there is none; null if there is one.</summary>
    public static string? Missing => ServerSoftware.Named("rabbitmq").Missing();

    /// <summary>A stream of its own for a campus.</summary>
    public async Task<BrokerPlace> PlaceAsync(RigFolder folder)
    {
        var server = await StartedAsync();
        return new BrokerPlace(server.Port, server.User, server.Password, Path.GetFileName(folder.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_server is not null)
        {
            await _kills.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (await _server).DisposeAsync();
        }

        _end.Dispose();
    }

    private Task<RabbitMqServer> StartedAsync()
    {
        lock (_gate)
        {
            if (_server is null)
            {
                _server = RabbitMqServer.StartAsync(CancellationToken.None);
                _kills = KillAsync(_server);
            }

            return _server;
        }
    }

    private async Task KillAsync(Task<RabbitMqServer> starting)
    {
        var server = await starting;
        while (true)
        {
            await Task.Delay(Life, TimeProvider.System, _end.Token);
            await server.KillAsync();
            killed();
            await server.RestartAsync();
        }
    }
}
