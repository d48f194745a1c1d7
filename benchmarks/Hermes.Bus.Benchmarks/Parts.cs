using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Bus.Benchmarks;

/// <summary>Takes the bus that an adapter hangs on a builder, without a server or client around it.</summary>
internal sealed class Parts : IHermesServerBuilder, IHermesClientBuilder
{
    private Func<IServiceProvider, IMessageBusProducer>? producer;
    private Func<IServiceProvider, IMessageBusConsumer>? consumer;

    public string Name => "benchmark";

    public IServiceCollection Services { get; } = new ServiceCollection();

    public static IMessageBusProducer Producer(Action<IHermesServerBuilder> use)
    {
        var parts = new Parts();
        use(parts);
        return parts.producer!(parts.Services.BuildServiceProvider());
    }

    public static IMessageBusConsumer Consumer(Action<IHermesClientBuilder> use)
    {
        var parts = new Parts();
        use(parts);
        return parts.consumer!(parts.Services.BuildServiceProvider());
    }

    public IHermesServerBuilder UseBus(Func<IServiceProvider, IMessageBusProducer> create)
    {
        producer = create;
        return this;
    }

    public IHermesClientBuilder UseBus(Func<IServiceProvider, IMessageBusConsumer> create)
    {
        consumer = create;
        return this;
    }

    public IHermesServerBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create) => this;

    public IHermesClientBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create) => this;

    public IHermesServerBuilder AddSource(string name, Func<IServiceProvider, IDataSource> create) => this;

    public IHermesServerBuilder AddSourceKind(string kind, Func<PartSettings, IDataSource> create) => this;

    public IHermesClientBuilder UseTarget(Func<IServiceProvider, IClientTarget> create) => this;

    public IHermesClientBuilder AddTargetKind(string kind, Func<PartSettings, IClientTarget> create) => this;
}
