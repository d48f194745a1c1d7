using System.Globalization;
using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;
using Npgsql;

namespace Hermes.PostgreSql.Tests.Bus;

/// <summary>A reader never passes an offset whose message is not committed yet.</summary>
/// <remarks>The number of events is <c>HERMES_BUS_EVENTS</c>, 20,000 without it.</remarks>
[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlBusOrderTests(SharedServer<PostgreSqlServer> shared)
{
    private const int Senders = 4;
    private const int Readers = 3;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(30);

    private static int EventsPerSender =>
        int.Parse(Environment.GetEnvironmentVariable("HERMES_BUS_EVENTS") ?? "20000", CultureInfo.InvariantCulture) / Senders;

    [ServerFact]
    public async Task No_reader_misses_an_event_among_concurrent_senders_and_long_transactions()
    {
        var bus = PostgreSqlTestBus.Make(await shared.GetAsync());
        await CreateAsync(bus);
        await using var old = new NpgsqlConnection(bus.Options.ConnectionString);
        await old.OpenAsync();
        await using var oldTransaction = await old.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("CREATE TABLE open_all_the_time AS SELECT txid_current()", old, oldTransaction))
            await write.ExecuteNonQueryAsync();
        using var stop = new CancellationTokenSource();
        var lingering = LingerAsync(bus, stop.Token);

        var reading = Enumerable.Range(0, Readers).Select(_ => ReadAsync(bus, Senders * EventsPerSender)).ToList();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(bus, sender))).WaitAsync(Bound);
        var seen = await Task.WhenAll(reading).WaitAsync(Bound);
        await stop.CancelAsync();
        await lingering;

        foreach (var ids in seen)
        {
            foreach (var ofSender in ids.GroupBy(id => id[0]))
                ofSender.Should().BeInAscendingOrder(StringComparer.Ordinal).And.HaveCount(EventsPerSender).And.OnlyHaveUniqueItems();
            ids.Should().HaveCount(Senders * EventsPerSender);
        }
    }

    [ServerFact]
    public async Task Offset_of_a_sender_that_has_not_committed_holds_up_all_later_ones()
    {
        var bus = PostgreSqlTestBus.Make(await shared.GetAsync());
        await CreateAsync(bus);
        await using var slow = new NpgsqlConnection(bus.Options.ConnectionString);
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await RunAsync(slow, $"UPDATE {bus.Options.Schema}.bus SET last = 1");
        await RunAsync(slow, $"INSERT INTO {bus.Options.Schema}.messages VALUES (1, now(), 2, 'campus-slow', 'base', NULL, '{"{}"}')");
        await using var producer = bus.CreateProducer();
        await using var consumer = bus.CreateConsumer();

        var sending = producer.SendAsync(BusMessages.Numbered(0, 1), default);
        var reading = consumer.TakeAsync(2);
        sending.IsCompleted.Should().BeFalse();
        (await consumer.GetLastOffsetAsync(default)).Should().BeNull();
        await transaction.CommitAsync();

        await sending;
        (await reading).DistinctIds().Should().Equal("campus-slow", BusMessages.IdOf(0));
    }

    [ServerFact]
    public async Task Sender_that_stands_still_in_a_transaction_is_ended_by_the_database()
    {
        var bus = PostgreSqlTestBus.Make(await shared.GetAsync(), options => options.CommandTimeout = TimeSpan.FromSeconds(7));
        await CreateAsync(bus);
        await bus.RunAsync(
            """
            CREATE TABLE {0}.seen (value text);
            CREATE FUNCTION {0}.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO {0}.seen VALUES (current_setting('statement_timeout')), (current_setting('idle_in_transaction_session_timeout')); RETURN NULL; END $$;
            CREATE TRIGGER see AFTER UPDATE ON {0}.bus FOR EACH STATEMENT EXECUTE FUNCTION {0}.see()
            """);
        await using (var producer = bus.CreateProducer())
            await producer.SendAsync(BusMessages.Numbered(1, 1), default);

        var seen = await Statements.ScalarAsync<string>(bus.Options.ConnectionString, $"SELECT string_agg(value, ' ') FROM {bus.Options.Schema}.seen");
        seen.Should().Be("7s 7s");
    }

    private static async Task CreateAsync(PostgreSqlTestBus bus)
    {
        await using var consumer = bus.CreateConsumer();
        await consumer.GetLastOffsetAsync(default);
    }

    private static async Task SendAsync(PostgreSqlTestBus bus, int sender)
    {
        await using var producer = bus.CreateProducer();
        var random = new Random(sender);
        for (var first = 0; first < EventsPerSender;)
        {
            var count = Math.Min(1 + random.Next(random.Next(2) == 0 ? 5 : 1000), EventsPerSender - first);
            await producer.SendAsync(
                [.. Enumerable.Range(first, count).Select(number => new BusMessage("base", "{}"u8.ToArray()) { Id = $"{sender}-{number:D9}" })], default);
            first += count;
        }
    }

    // The offsets themselves must have no gap: a message that comes to light behind a reader would have made one.
    private static async Task<List<string>> ReadAsync(PostgreSqlTestBus bus, int count)
    {
        await using var consumer = bus.CreateConsumer();
        var ids = new List<string>(count);
        await foreach (var message in consumer.ReadAsync(BusPosition.Beginning, default))
        {
            message.Offset.Value.Should().Be(ids.Count + 1);
            ids.Add(message.Message.Id!);
            if (ids.Count == count)
                break;
        }

        return ids;
    }

    // Takes the right to send again and again, and gives it back without having sent anything, as a sender that is killed does.
    private static async Task LingerAsync(PostgreSqlTestBus bus, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(bus.Options.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await RunAsync(connection, $"UPDATE {bus.Options.Schema}.bus SET last = last + 10; SELECT pg_sleep(0.02)");
            await transaction.RollbackAsync(CancellationToken.None);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
