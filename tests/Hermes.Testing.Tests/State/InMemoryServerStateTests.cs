using Hermes.ServerRuntime.State;
using Hermes.Testing.Contracts.States;
using Hermes.Testing.State;

namespace Hermes.Testing.Tests.State;

public sealed class InMemoryServerStateTests : ServerStateContract
{
    protected override IServerStateStore Store { get; } = new InMemoryServerState();
}

public sealed class InMemoryServerOutboxTests : ServerOutboxContract
{
    protected override IServerStateStore Store { get; } = new InMemoryServerState();
}

public sealed class InMemoryServerHoldTests : ServerHoldContract
{
    private readonly InMemoryServerState _state = new();

    protected override IServerStateStore Store => _state;

    protected override void BreakHold() => _state.Abandon();
}
