using Hermes.ServerRuntime.State;
using Hermes.Sqlite.ServerState;
using Hermes.TestSupport;

namespace Hermes.Sqlite.Tests.ServerState;

public sealed class SqliteUniversityTests : UniversityContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-university-").FullName;

    protected override IServerStateStore Store => new SqliteServerStateStore(Path.Combine(_folder, "server.db"));

    protected override Task CleanUpAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
