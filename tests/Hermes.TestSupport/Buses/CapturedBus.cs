using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.TestSupport.Buses;

/// <summary>Takes the bus that an adapter hangs on a builder, without a server or client around it.</summary>
public sealed class CapturedBus : IHermesServerBuilder, IHermesClientBuilder
{
    private readonly Dictionary<string, Func<PartSettings, IMessageBusProducer>> _producerKinds = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<PartSettings, IMessageBusConsumer>> _consumerKinds = new(StringComparer.OrdinalIgnoreCase);
    private Func<IServiceProvider, IMessageBusProducer>? _producer;
    private Func<IServiceProvider, IMessageBusConsumer>? _consumer;

    /// <inheritdoc cref="IHermesServerBuilder.Name"/>
    public string Name => "captured";

    /// <inheritdoc cref="IHermesServerBuilder.Services"/>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>The producer that code makes.</summary>
    public static IMessageBusProducer Producer(Action<IHermesServerBuilder> use)
    {
        var captured = new CapturedBus();
        use(captured);
        return captured._producer!(captured.Services.BuildServiceProvider());
    }

    /// <summary>The consumer that code makes.</summary>
    public static IMessageBusConsumer Consumer(Action<IHermesClientBuilder> use)
    {
        var captured = new CapturedBus();
        use(captured);
        return captured._consumer!(captured.Services.BuildServiceProvider());
    }

    /// <summary>The producer that a configuration makes: the settings of its section <c>Bus</c>.</summary>
    public static IMessageBusProducer Producer(Action<IHermesServerBuilder> add, params (string Name, string Value)[] settings)
    {
        var captured = new CapturedBus();
        add(captured);
        var part = captured.Settings(settings);
        return captured._producerKinds[part.Section["Kind"]!](part);
    }

    /// <summary>The consumer that a configuration makes.</summary>
    public static IMessageBusConsumer Consumer(Action<IHermesClientBuilder> add, params (string Name, string Value)[] settings)
    {
        var captured = new CapturedBus();
        add(captured);
        var part = captured.Settings(settings);
        return captured._consumerKinds[part.Section["Kind"]!](part);
    }

    IHermesServerBuilder IHermesServerBuilder.UseBus(Func<IServiceProvider, IMessageBusProducer> create)
    {
        _producer = create;
        return this;
    }

    IHermesClientBuilder IHermesClientBuilder.UseBus(Func<IServiceProvider, IMessageBusConsumer> create)
    {
        _consumer = create;
        return this;
    }

    IHermesServerBuilder IHermesServerBuilder.AddBusKind(string kind, Func<PartSettings, IMessageBusProducer> create)
    {
        _producerKinds[kind] = create;
        return this;
    }

    IHermesClientBuilder IHermesClientBuilder.AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create)
    {
        _consumerKinds[kind] = create;
        return this;
    }

    IHermesServerBuilder IHermesServerBuilder.AddSource(string name, Func<IServiceProvider, IDataSource> create) => this;

    IHermesServerBuilder IHermesServerBuilder.AddSourceKind(string kind, Func<PartSettings, IDataSource> create) => this;

    IHermesClientBuilder IHermesClientBuilder.UseTarget(Func<IServiceProvider, IClientTarget> create) => this;

    IHermesClientBuilder IHermesClientBuilder.AddTargetKind(string kind, Func<PartSettings, IClientTarget> create) => this;

    private PartSettings Settings((string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Bus:{setting.Name}", (string?)setting.Value)))
            .Build();
        return new PartSettings(Services.BuildServiceProvider(), Name, configuration.GetSection("Bus"));
    }
}
