using Hermes.ServerRuntime.State;
using Hermes.Testing.Contracts.States;
using Hermes.Testing.State;

namespace Hermes.Testing.Tests.State;

public sealed class InMemoryServerStateTests : ServerStateContract
{
    private readonly InMemoryServerState _state = new();

    protected override IServerStateStore Store => _state;

    protected override void BreakHold() => _state.Abandon();
}
