using Hermes.ServerRuntime.State;
using Hermes.Testing.State;
using Hermes.TestSupport;

namespace Hermes.ServerRuntime.Tests.University;

public sealed class InMemoryUniversityTests : UniversityContract
{
    protected override IServerStateStore Store { get; } = new InMemoryServerState();
}
