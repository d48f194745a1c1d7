using Hermes.PostgreSql.ServerState;
using Hermes.PostgreSql.Tests.Servers;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;
using Hermes.Testing.Contracts.States;
using Hermes.TestSupport;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.ServerState;

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlServerStateTests(SharedServer<PostgreSqlServer> shared) : ServerStateContract
{
    private readonly ServerStateDatabase _database = new(shared);
    private IServerStateStore? _store;

    protected override IServerStateStore Store => _store ??= ServerStores.Make(_database);
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlServerOutboxTests(SharedServer<PostgreSqlServer> shared) : ServerOutboxContract
{
    private readonly ServerStateDatabase _database = new(shared);
    private IServerStateStore? _store;

    protected override IServerStateStore Store => _store ??= ServerStores.Make(_database);
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlServerHoldTests(SharedServer<PostgreSqlServer> shared) : ServerHoldContract
{
    private readonly ServerStateDatabase _database = new(shared);
    private IServerStateStore? _store;

    protected override IServerStateStore Store => _store ??= ServerStores.Make(_database);

    protected override void BreakHold() => _database.RunOut();
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlUniversityTests(SharedServer<PostgreSqlServer> shared) : UniversityContract
{
    private readonly ServerStateDatabase _database = new(shared);
    private IServerStateStore? _store;

    protected override IServerStateStore Store => _store ??= ServerStores.Make(_database);
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlServerStoreTests(SharedServer<PostgreSqlServer> shared)
{
    private readonly ServerStateDatabase _database = new(shared);

    [ServerFact]
    public async Task State_of_another_kind_is_refused()
    {
        _database.Run("CREATE SCHEMA {0}; CREATE TABLE {0}.format (kind text, version int); INSERT INTO {0}.format VALUES ('bus', 1)");

        await FluentActions.Awaiting(() => OpenAsync(ServerStores.Make(_database))).Should().ThrowAsync<ServerStateException>().WithMessage("*is not a server state of Hermes*");
    }

    [ServerFact]
    public async Task Missing_schema_that_must_not_be_made_is_an_error()
    {
        var options = ServerStores.Options(_database);
        options.CreateSchema = false;

        await FluentActions.Awaiting(() => OpenAsync(new PostgreSqlServerStateStore(options))).Should().ThrowAsync<ServerStateException>().WithMessage("There is no server state*");
    }

    [ServerFact]
    public async Task Lease_that_is_renewed_keeps_others_out_for_longer_than_it_lasts()
    {
        var options = ServerStores.Options(_database);
        options.LeaseTime = TimeSpan.FromSeconds(1);
        await using var first = await OpenAsync(new PostgreSqlServerStateStore(options));
        var started = await _database.ScalarAsync<DateTime>("SELECT expires FROM {0}.lease");

        await Polling.UntilAsync(
            async _ => await _database.ScalarAsync<DateTime>("SELECT expires FROM {0}.lease") > started + (3 * options.LeaseTime),
            TimeSpan.FromSeconds(30),
            "the lease to be renewed");

        (await _database.ScalarAsync<long>("SELECT term FROM {0}.lease")).Should().Be(first.Term);
        first.Lost.IsCancellationRequested.Should().BeFalse();
    }

    [ServerFact]
    public async Task State_of_a_process_that_was_killed_is_free_when_its_lease_has_run_out()
    {
        await using (await OpenAsync(ServerStores.Make(_database)))
            _database.Run("UPDATE {0}.lease SET term = term + 1, owner = 'killed', expires = clock_timestamp() + interval '2 seconds'");
        var told = new List<string>();

        await using var state = await ServerStores.Make(_database).OpenAsync(new StateOpening(TimeProvider.System, told.Add), default);

        told.Should().ContainSingle();
        state.Term.Should().Be(3);
    }

    [ServerFact]
    public async Task State_that_could_not_be_given_back_is_free_for_the_same_process_at_once()
    {
        var store = ServerStores.Make(_database);
        await using (await OpenAsync(store))
            _database.Run("ALTER TABLE {0}.lease RENAME TO hidden");
        _database.Run("ALTER TABLE {0}.hidden RENAME TO lease");

        await using var again = await OpenAsync(store);
        again.Term.Should().Be(2);
    }

    private static Task<IServerState> OpenAsync(IServerStateStore store) =>
        store.OpenAsync(new StateOpening(TimeProvider.System, reason => throw new InvalidOperationException(reason)), default).AsTask();
}

internal static class ServerStores
{
    public static IServerStateStore Make(StateDatabase database) => new PostgreSqlServerStateStore(Options(database));

    public static PostgreSqlStateOptions Options(StateDatabase database) => new() { ConnectionString = database.ConnectionString, Schema = database.Schema };
}
