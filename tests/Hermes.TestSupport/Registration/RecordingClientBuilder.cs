using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.TestSupport.Registration;

/// <summary>A builder that keeps what adapters hang on it, so that a test makes the parts itself.</summary>
public sealed class RecordingClientBuilder : IHermesClientBuilder
{
    private readonly Dictionary<string, Func<PartSettings, IClientTarget>> _kinds = [];
    private Func<IServiceProvider, IClientTarget>? _target;
    private Func<IServiceProvider, IMessageBusConsumer>? _bus;

    /// <inheritdoc/>
    public string Name => "mirror";

    /// <inheritdoc/>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <inheritdoc/>
    public IHermesClientBuilder UseTarget(Func<IServiceProvider, IClientTarget> create)
    {
        _target = create;
        return this;
    }

    /// <inheritdoc/>
    public IHermesClientBuilder AddTargetKind(string kind, Func<PartSettings, IClientTarget> create)
    {
        _kinds[kind] = create;
        return this;
    }

    /// <inheritdoc/>
    public IHermesClientBuilder UseBus(Func<IServiceProvider, IMessageBusConsumer> create)
    {
        _bus = create;
        return this;
    }

    /// <inheritdoc/>
    public IHermesClientBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create) => this;

    /// <summary>Makes the bus that was set.</summary>
    public IMessageBusConsumer Bus() => _bus!(Services.BuildServiceProvider());

    /// <summary>Makes the target that was set.</summary>
    public IClientTarget Target() => _target!(Services.BuildServiceProvider());

    /// <summary>Makes a target of a kind from these settings, which stand at <c>Part</c>.</summary>
    public IClientTarget Target(string kind, params (string Name, string Value)[] settings) =>
        _kinds[kind](new PartSettings(Services.BuildServiceProvider(), Name, PartSection.Of(settings)));
}
