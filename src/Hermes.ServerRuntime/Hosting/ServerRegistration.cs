using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>What was said about a server before the host starts.</summary>
internal sealed class ServerRegistration(string name, IServiceCollection services) : IHermesServerBuilder
{
    public string Name => name;

    public IServiceCollection Services => services;

    /// <summary>The section that the server is read from, or null if it is written in C# alone.</summary>
    public IConfigurationSection? Section { get; set; }

    /// <summary>Where the settings stand, for messages.</summary>
    public string Path => Section?.Path ?? $"Hermes:Servers:{name}";

    /// <summary>What C# code sets, on top of the configuration.</summary>
    public List<Action<HermesServerOptions>> Configure { get; } = [];

    public Dictionary<string, Func<IServiceProvider, IDataSource>> Sources { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Func<PartSettings, IDataSource>> SourceKinds { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Func<IServiceProvider, IMessageBusProducer>? Bus { get; private set; }

    public Dictionary<string, Func<PartSettings, IMessageBusProducer>> BusKinds { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Func<IServiceProvider, IServerStateStore>? State { get; set; }

    public Dictionary<string, Func<PartSettings, IServerStateStore>> StateKinds { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<ServerPipeline, Action<ResiliencePipelineBuilder>> Resilience { get; } = [];

    public IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Sources[name] = create ?? throw new ArgumentNullException(nameof(create));
        return this;
    }

    public IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create)
    {
        SourceKinds[kind] = create;
        return this;
    }

    public IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create)
    {
        Bus = create ?? throw new ArgumentNullException(nameof(create));
        return this;
    }

    public IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create)
    {
        BusKinds[kind] = create;
        return this;
    }
}
