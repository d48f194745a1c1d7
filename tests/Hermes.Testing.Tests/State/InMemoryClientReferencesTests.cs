using Hermes.ClientRuntime.State;
using Hermes.Testing.Contracts.States;
using Hermes.Testing.State;

namespace Hermes.Testing.Tests.State;

public sealed class InMemoryClientReferencesTests : ClientReferencesContract
{
    protected override IClientStateStore Store { get; } = new InMemoryClientState();
}
