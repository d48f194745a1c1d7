using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Hosting;

/// <summary>What was said about a client before the host starts.</summary>
internal sealed class ClientRegistration(string name, IServiceCollection services)
    : ParticipantRegistration("client", name, "Hermes:Clients", services), IHermesClientBuilder
{
    /// <summary>What C# code sets, on top of the configuration.</summary>
    public List<Action<ClientOptions>> Configure { get; } = [];

    public PartChoice<IMessageBusConsumer> Bus { get; } = new("Bus", "UseBus, or one of the Use... methods of a bus");

    public PartChoice<IClientTarget> Target { get; } = new("Target", "UseTarget, or one of the To... methods of a target, or Handle for each data type");

    public PartChoice<IClientStateStore> State { get; } = new("State", "UseSqliteState, or UseState");

    /// <summary>Typed handlers that together are the target.</summary>
    public List<Func<IServiceProvider, TypedHandler>> Handlers { get; } = [];

    /// <summary>The registration behind a builder.</summary>
    public static ClientRegistration Of(IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client as ClientRegistration ?? throw new ArgumentException("The builder is not one that AddHermesClient gave.", nameof(client));
    }

    public IHermesClientBuilder UseBus(Func<IServiceProvider, IMessageBusConsumer> create)
    {
        Bus.Give(create);
        return this;
    }

    public IHermesClientBuilder AddBusKind(string kind, Func<PartSettings, IMessageBusConsumer> create)
    {
        Bus.Kinds.Add(kind, create);
        return this;
    }

    public IHermesClientBuilder UseTarget(Func<IServiceProvider, IClientTarget> create)
    {
        Target.Give(create);
        return this;
    }

    public IHermesClientBuilder AddTargetKind(string kind, Func<PartSettings, IClientTarget> create)
    {
        Target.Kinds.Add(kind, create);
        return this;
    }
}
