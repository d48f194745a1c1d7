using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>Collects the parts of one client.</summary>
internal sealed class HermesClientBuilder(string name, IServiceCollection services, ClientParts parts) : IHermesClientBuilder
{
    public string Name => name;

    public IServiceCollection Services => services;

    public ClientParts Parts => parts;

    /// <summary>The parts behind a builder.</summary>
    public static ClientParts PartsOf(IHermesClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder is HermesClientBuilder client
            ? client.Parts
            : throw new ArgumentException("The builder was not made by AddHermesClient.", nameof(builder));
    }

    public IHermesClientBuilder UseBus(Func<IServiceProvider, IMessageBusConsumer> create)
    {
        parts.Bus.Given = create;
        return this;
    }

    public IHermesClientBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create)
    {
        parts.Bus.AddKind(kind, create);
        return this;
    }

    public IHermesClientBuilder UseTarget(Func<IServiceProvider, IClientTarget> create)
    {
        parts.Target.Given = create;
        return this;
    }

    public IHermesClientBuilder AddTargetKind(string kind, Func<PartSettings, IClientTarget> create)
    {
        parts.Target.AddKind(kind, create);
        return this;
    }
}
