using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.State;
using Polly;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>What a server is made of, checked.</summary>
internal sealed record ServerParts(
    ServerSettings Settings,
    IReadOnlyDictionary<string, IDataSource> Sources,
    IMessageBusProducer Bus,
    IServerStateStore State,
    ResiliencePipeline BusResilience,
    ResiliencePipeline WriteBackResilience) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        foreach (var source in Sources.Values)
        {
            if (source is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else if (source is IDisposable disposable)
                disposable.Dispose();
        }
    }
}
