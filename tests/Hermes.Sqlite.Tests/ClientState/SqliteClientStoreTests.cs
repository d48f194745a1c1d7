using Hermes.ClientRuntime.State;
using Hermes.Sqlite.ClientState;
using Hermes.Testing.Contracts.States;

namespace Hermes.Sqlite.Tests.ClientState;

public sealed class SqliteClientEntriesTests : ClientEntriesContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-entries-").FullName;

    public SqliteClientEntriesTests() => Store = new SqliteClientStateStore(Path.Combine(_folder, "client.db"), null);

    protected override IClientStateStore Store { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

public sealed class SqliteClientHoldTests : ClientHoldContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-hold-").FullName;

    public SqliteClientHoldTests() => Store = new SqliteClientStateStore(StatePath, null);

    protected override IClientStateStore Store { get; }

    private string StatePath => Path.Combine(_folder, "client.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // On Windows, a file that is open cannot be deleted; the lock is what holds the state there, too.
    protected override void LoseHold() => File.Delete(StatePath + ".lock");
}
