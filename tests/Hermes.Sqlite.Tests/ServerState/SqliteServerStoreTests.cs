using Hermes.ServerRuntime.State;
using Hermes.Sqlite.ServerState;
using Hermes.Testing.Contracts.States;

namespace Hermes.Sqlite.Tests.ServerState;

public sealed class SqliteServerOutboxTests : ServerOutboxContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-outbox-").FullName;

    protected override IServerStateStore Store => new SqliteServerStateStore(Path.Combine(_folder, "server.db"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

public sealed class SqliteServerHoldTests : ServerHoldContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-hold-").FullName;

    protected override IServerStateStore Store => new SqliteServerStateStore(StatePath);

    private string StatePath => Path.Combine(_folder, "server.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The next one makes a lock of its own.
    protected override void BreakHold() => File.Delete(StatePath + ".lock");
}
