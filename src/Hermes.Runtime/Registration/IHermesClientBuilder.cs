using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Runtime.Registration;

/// <summary>Puts a client together. Adapters extend it: <c>UseKafka(...)</c>, <c>ToLdap(...)</c>.</summary>
public interface IHermesClientBuilder
{
    /// <summary>The name of the client, unique in the host.</summary>
    string Name { get; }

    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }

    /// <summary>Reads from this bus.</summary>
    IHermesClientBuilder UseBus(Func<IServiceProvider, IMessageBusConsumer> create);

    /// <summary>Lets the configuration name this kind of bus: <c>"Bus": { "Kind": "..." }</c>.</summary>
    IHermesClientBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create);

    /// <summary>Applies changes to this target.</summary>
    IHermesClientBuilder UseTarget(Func<IServiceProvider, IClientTarget> create);

    /// <summary>Lets the configuration name this kind of target: <c>"Target": { "Kind": "..." }</c>.</summary>
    IHermesClientBuilder AddTargetKind(string kind, Func<PartSettings, IClientTarget> create);
}
