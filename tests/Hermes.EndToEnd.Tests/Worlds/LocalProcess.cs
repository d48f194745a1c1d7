using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.EndToEnd.Tests.Worlds;

/// <summary>What would be a process of its own: a container with one server or one client in it.</summary>
internal sealed class LocalProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    private LocalProcess(ServiceProvider services)
    {
        _services = services;
        _hosted = [.. services.GetServices<IHostedService>()];
    }

    public static async Task<LocalProcess> StartAsync(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection().AddLogging();
        register(services);
        var process = new LocalProcess(services.BuildServiceProvider());
        foreach (var hosted in process._hosted)
            await hosted.StartAsync(CancellationToken.None);
        return process;
    }

    public T Get<T>(string name)
        where T : notnull => _services.GetRequiredKeyedService<T>(name);

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _hosted)
            await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
