using Hermes.ClientRuntime.State;
using Hermes.Sqlite.ClientState;
using Hermes.Testing.Contracts.States;

namespace Hermes.Sqlite.Tests.ClientState;

public sealed class SqliteClientReferencesTests : ClientReferencesContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-links-").FullName;

    public SqliteClientReferencesTests() => Store = new SqliteClientStateStore(Path.Combine(_folder, "client.db"), null);

    protected override IClientStateStore Store { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
