using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Bus;
using Hermes.PostgreSql.ClientState;
using Hermes.PostgreSql.ServerState;
using Hermes.PostgreSql.Tests.Servers;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.Pooling;

/// <summary>Bus, states and leases through a pool that gives each transaction another session (pgbouncer in transaction mode).</summary>
[Collection(nameof(PostgreSqlServer)), RequiresServer("pgbouncer")]
public sealed class PgBouncerTests(SharedServer<PostgreSqlServer> shared) : IAsyncLifetime
{
    private static readonly StateOpening Opening = new(TimeProvider.System, reason => throw new InvalidOperationException(reason));
    private readonly ClientStateDatabase _database = new(shared);
    private PgBouncer? _pool;

    private string Pool => _pool!.ConnectionString;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_pool is not null)
            await _pool.DisposeAsync();
        _database.Dispose();
    }

    [ServerFact]
    public async Task What_is_sent_is_read()
    {
        await StartAsync();
        var options = new PostgreSqlBusOptions { ConnectionString = Pool, Schema = _database.Schema, PollInterval = TimeSpan.FromMilliseconds(50) };
        await using var producer = new PostgreSqlBusProducer(options, TimeProvider.System);
        await using var consumer = new PostgreSqlBusConsumer(options);
        await using var reading = consumer.ReadAsync(BusPosition.Beginning, default).GetAsyncEnumerator();
        await producer.SendAsync(BusMessages.Numbered(1, 3000), default);
        for (var offset = 1; offset <= 3000; offset++)
        {
            (await reading.MoveNextAsync()).Should().BeTrue();
            reading.Current.Offset.Value.Should().Be(offset);
        }

        // What comes while the reader waits is found without a notification, which does not get through.
        var next = reading.MoveNextAsync();
        await producer.SendAsync(BusMessages.Numbered(5000, 1), default);
        (await next).Should().BeTrue();
        reading.Current.Offset.Value.Should().Be(3001);
    }

    [ServerFact]
    public async Task State_of_a_server_is_taken_over_and_the_one_before_can_write_no_more()
    {
        await StartAsync();
        var options = new PostgreSqlStateOptions { ConnectionString = Pool, Schema = _database.Schema };
        await using var old = await new PostgreSqlServerStateStore(options).OpenAsync(Opening, default);
        await CommitAsync(old, 1);
        _database.RunOut();
        await using var current = await new PostgreSqlServerStateStore(options).OpenAsync(Opening, default);

        await FluentActions.Awaiting(() => CommitAsync(old, 2)).Should().ThrowAsync<ServerStateException>().WithMessage("Another server took over*");
        await CommitAsync(current, 3);
        (await current.ReadEntriesAsync("Users", 0, 10, default)).Select(row => row.Id).Should().Equal(1, 3);
    }

    [ServerFact]
    public async Task State_of_a_client_is_kept()
    {
        await StartAsync();
        var options = new PostgreSqlClientStateOptions { ConnectionString = Pool, Schema = _database.Schema, Folder = _database.Folder() };
        await using (var state = await new PostgreSqlClientStateStore(options, null).OpenAsync(Opening, default))
            await state.CommitAsync(ClientProgress.None with { NextQueueNumber = 7 }, null, default);

        await using var again = await new PostgreSqlClientStateStore(options, null).OpenAsync(Opening, default);
        again.Progress.NextQueueNumber.Should().Be(7);
    }

    private async Task StartAsync() => _pool = await PgBouncer.StartAsync(await shared.GetAsync(), default);

    private static async Task CommitAsync(IServerState state, int id)
    {
        await using var transaction = await state.BeginAsync(default);
        await transaction.AppendEntriesAsync("Users", [new StoredRow(id, default, default, [1])], default);
        await transaction.CommitAsync(new ServerStateHeader("p", [], "", IsFilled: true, "", LastSequence: 0), default);
    }
}
