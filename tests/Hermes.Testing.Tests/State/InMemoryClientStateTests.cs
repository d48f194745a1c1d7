using Hermes.ClientRuntime.State;
using Hermes.Testing.Contracts.States;
using Hermes.Testing.State;

namespace Hermes.Testing.Tests.State;

public sealed class InMemoryClientStateTests : ClientStateContract
{
    protected override IClientStateStore Store { get; } = new InMemoryClientState();
}

public sealed class InMemoryClientEntriesTests : ClientEntriesContract
{
    protected override IClientStateStore Store { get; } = new InMemoryClientState();
}

public sealed class InMemoryClientHoldTests : ClientHoldContract
{
    private readonly InMemoryClientState _state = new();

    protected override IClientStateStore Store => _state;

    protected override void LoseHold() => _state.Abandon();
}
