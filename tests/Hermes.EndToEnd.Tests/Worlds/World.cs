using Hermes.Abstractions.Notifications;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Logging;
using Hermes.Testing.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.EndToEnd.Tests.Worlds;

/// <summary>A server and a client, each in a process of its own, on one bus and one clock.</summary>
internal sealed class World(IWorldStorage storage, FakeTimeProvider time) : IAsyncDisposable
{
    private const string Name = "campus";

    private LocalProcess? _server;
    private LocalProcess? _client;

    /// <summary>When the clock of a world stands at first.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What server and client write to the log; null for nothing.</summary>
    public RecordingLoggerProvider? Log { get; init; }

    /// <summary>Who is notified; null for nobody.</summary>
    public RecordingNotifier? Notifier { get; init; }

    public FakeTimeProvider Time => time;

    public bool IsServerRunning => _server is not null;

    public bool IsClientRunning => _client is not null;

    public IHermesServerControl Server => _server!.Get<IHermesServerControl>(Name);

    public IHermesClientControl Client => _client!.Get<IHermesClientControl>(Name);

    public async Task StartServerAsync(Action<IHermesServerBuilder> describe) => _server = await LocalProcess.StartAsync(services => Shared(services)
        .AddHermesServer(Name, server =>
        {
            storage.Attach(server);
            describe(server);
        }));

    public async Task StartClientAsync(IClientTarget target, Action<IHermesClientBuilder> describe) => _client = await LocalProcess.StartAsync(services => Shared(services)
        .AddHermesClient(Name, client =>
        {
            storage.Attach(client);
            describe(client.UseTarget(_ => target));
        }));

    public async Task StopServerAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
            await server.DisposeAsync();
    }

    public async Task StopClientAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is { } client)
            await client.DisposeAsync();
    }

    /// <summary>Returns when the client has done everything that there is to do now.</summary>
    public async Task SettleAsync()
    {
        // Twice: the first answer may come from a round that began before what the test did last.
        await Client.WhenCaughtUpAsync();
        await Client.WhenCaughtUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopClientAsync();
        await StopServerAsync();
        storage.Dispose();
    }

    private IServiceCollection Shared(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(time);
        if (Notifier is not null)
            services.AddSingleton<INotifier>(Notifier);
        if (Log is not null)
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Log));
        return services;
    }
}
