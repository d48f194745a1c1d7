using Hermes.Abstractions;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.ServerState;
using Hermes.PostgreSql.Tests.ClientState;
using Hermes.PostgreSql.Tests.Servers;
using Hermes.PostgreSql.Tests.ServerState;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.Leases;

/// <summary>The database is killed while states are open in it, and started again.</summary>
[Collection(KilledPostgreSqlCollection.Name), RequiresServer("postgresql")]
public sealed class KilledDatabaseTests(SharedServer<PostgreSqlServer> shared) : IDisposable
{
    private static readonly StateOpening Opening = new(TimeProvider.System, reason => throw new InvalidOperationException(reason));
    private readonly ClientStateDatabase _database = new(shared);

    public void Dispose() => _database.Dispose();

    [ServerFact]
    public async Task What_a_server_committed_is_there_and_it_goes_on_over_new_connections()
    {
        var server = await shared.GetAsync();
        await using var state = await ServerStores.Make(_database).OpenAsync(Opening, default);
        await CommitAsync(state, 1);
        await using (var open = await state.BeginAsync(default))
        {
            await open.AppendEntriesAsync("Users", [Row(2)], default);
            await server.KillAsync();
            await server.RestartAsync();

            (await FluentActions.Awaiting(() => open.CommitAsync(Header, default).AsTask()).Should().ThrowAsync<ServerStateException>())
                .Which.Fault.Should().Be(FaultKind.Transient);
        }

        await CommitAsync(state, 3);
        (await state.ReadEntriesAsync("Users", 0, 10, default)).Select(row => row.Id).Should().Equal(1, 3);
        state.Lost.IsCancellationRequested.Should().BeFalse();
    }

    [ServerFact]
    public async Task What_a_client_committed_is_there_and_its_next_opening_need_not_wait()
    {
        var server = await shared.GetAsync();
        var store = ClientStores.Make(_database);
        await using (var state = await store.OpenAsync(Opening, default))
        {
            await state.CommitAsync(ClientProgress.None with { NextQueueNumber = 5 }, null, default);
            await state.WriteAsync(new ClientChanges([], [new QueueChange(1, null)], []), default);
            await server.KillAsync();
            (await FluentActions.Awaiting(() => state.CommitAsync(ClientProgress.None, null, default).AsTask()).Should().ThrowAsync<ClientStateException>())
                .Which.Fault.Should().Be(FaultKind.Transient);
        }

        await server.RestartAsync();
        await using var again = await store.OpenAsync(Opening, default);
        again.Progress.NextQueueNumber.Should().Be(5);
    }

    [ServerFact]
    public async Task Holder_that_cannot_renew_its_lease_stops_before_it_runs_out()
    {
        var server = await shared.GetAsync();
        var options = ServerStores.Options(_database);
        options.LeaseTime = TimeSpan.FromSeconds(2);
        await using var state = await new PostgreSqlServerStateStore(options).OpenAsync(Opening, default);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = state.Lost.Register(lost.SetResult);
        server.Freeze();
        try
        {
            await lost.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            server.Thaw();
        }
    }

    private static ServerStateHeader Header => new("p", [], "", IsFilled: true, "", LastSequence: 0);

    private static StoredRow Row(int id) => new(id, default, default, [1]);

    private static async Task CommitAsync(IServerState state, int id)
    {
        await using var transaction = await state.BeginAsync(default);
        await transaction.AppendEntriesAsync("Users", [Row(id)], default);
        await transaction.CommitAsync(Header, default);
    }
}
