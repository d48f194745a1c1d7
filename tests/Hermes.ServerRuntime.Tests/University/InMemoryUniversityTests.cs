using Hermes.ServerRuntime.State;
using Hermes.TestSupport;
using Hermes.Testing.State;

namespace Hermes.ServerRuntime.Tests.University;

public sealed class InMemoryUniversityTests : UniversityContract
{
    protected override IServerStateStore Store { get; } = new InMemoryServerState();
}
