using Hermes.ServerRuntime.State;
using Hermes.Testing.Contracts.States;
using Hermes.Testing.State;

namespace Hermes.Testing.Tests.State;

public sealed class InMemoryServerStateTests : ServerStateContract
{
    protected override IServerStateStore Store { get; } = new InMemoryServerState();
}
