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
    ResiliencePipeline WriteBackResilience);
