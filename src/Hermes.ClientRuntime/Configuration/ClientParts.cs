using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;
using Microsoft.Extensions.Configuration;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>What a client is put together from, as its registration collects it.</summary>
internal sealed class ClientParts
{
    /// <summary>The section that the client is configured from; null if it is configured in code only.</summary>
    public IConfigurationSection? Section { get; set; }

    public List<Action<ClientOptions>> Configure { get; } = [];

    public PartChoice<IMessageBusConsumer> Bus { get; } = new("Bus", "UseBus(...)");

    public PartChoice<IClientTarget> Target { get; } = new("Target", "UseTarget(...) or Handle<T>(...)");

    public PartChoice<IClientStateStore> State { get; } = new("State", "UseState(...), such as UseSqliteState(path)");

    /// <summary>Typed handlers that together are the target.</summary>
    public List<Func<IServiceProvider, TypedHandler>> Handlers { get; } = [];
}
