using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.ClientState;
using Hermes.PostgreSql.Tests.Servers;
using Hermes.Testing.Contracts.States;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.ClientState;

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlClientEntriesTests(SharedServer<PostgreSqlServer> shared) : ClientEntriesContract, IDisposable
{
    private readonly ClientStateDatabase _database = new(shared);
    private IClientStateStore? _store;

    protected override IClientStateStore Store => _store ??= ClientStores.Make(_database);

    public void Dispose() => _database.Dispose();
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlClientLinksTests(SharedServer<PostgreSqlServer> shared) : ClientLinksContract, IDisposable
{
    private readonly ClientStateDatabase _database = new(shared);
    private IClientStateStore? _store;

    protected override IClientStateStore Store => _store ??= ClientStores.Make(_database);

    public void Dispose() => _database.Dispose();
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlClientReferencesTests(SharedServer<PostgreSqlServer> shared) : ClientReferencesContract, IDisposable
{
    private readonly ClientStateDatabase _database = new(shared);
    private IClientStateStore? _store;

    protected override IClientStateStore Store => _store ??= ClientStores.Make(_database);

    public void Dispose() => _database.Dispose();
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlClientFollowingTests(SharedServer<PostgreSqlServer> shared) : ClientFollowingContract, IDisposable
{
    private readonly ClientStateDatabase _database = new(shared);
    private IClientStateStore? _store;

    protected override IClientStateStore Store => _store ??= ClientStores.Make(_database);

    public void Dispose() => _database.Dispose();
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlClientHoldTests(SharedServer<PostgreSqlServer> shared) : ClientHoldContract, IDisposable
{
    private readonly ClientStateDatabase _database = new(shared);
    private IClientStateStore? _store;

    protected override IClientStateStore Store => _store ??= ClientStores.Make(_database);

    public void Dispose() => _database.Dispose();

    // On the same machine, the one who lost the state would have to be ended first.
    protected override void LoseHold()
    {
        _database.RunOut();
        _database.CopyKey("b");
        _store = ClientStores.Make(_database, "b");
    }
}

internal static class ClientStores
{
    public static IClientStateStore Make(ClientStateDatabase database, string machine = "a") => new PostgreSqlClientStateStore(
        new() { ConnectionString = database.ConnectionString, Schema = database.Schema, Folder = database.Folder(machine) }, null);
}
