using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.DependencyInjection;
using Polly;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>What was said about a server before the host starts.</summary>
internal sealed class ServerRegistration(string name, IServiceCollection services)
    : ParticipantRegistration("server", name, "Hermes:Servers", services), IHermesServerBuilder
{
    /// <summary>What C# code sets, on top of the configuration.</summary>
    public List<Action<HermesServerOptions>> Configure { get; } = [];

    public Dictionary<string, Func<IServiceProvider, IDataSource>> Sources { get; } = new(StringComparer.Ordinal);

    public PartKinds<IDataSource> SourceKinds { get; } = new();

    public PartChoice<IMessageBusProducer> Bus { get; } = new("Bus", "UseBus, or one of the Use... methods of a bus");

    public PartChoice<IServerStateStore> State { get; } = new("State", "UseSqliteState, or UseState");

    public Dictionary<ServerPipeline, Action<ResiliencePipelineBuilder>> Resilience { get; } = [];

    /// <summary>The registration behind a builder.</summary>
    public static ServerRegistration Of(IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server as ServerRegistration ?? throw new ArgumentException("The builder is not one that AddHermesServer gave.", nameof(server));
    }

    public IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Sources[name] = create ?? throw new ArgumentNullException(nameof(create));
        return this;
    }

    public IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create)
    {
        SourceKinds.Add(kind, create);
        return this;
    }

    public IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create)
    {
        Bus.Give(create);
        return this;
    }

    public IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create)
    {
        Bus.Kinds.Add(kind, create);
        return this;
    }
}
