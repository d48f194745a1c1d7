using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Source;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;
using Npgsql;

namespace Hermes.Sql.Tests.Source;

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlSourceTests(SharedServer<PostgreSqlServer> shared)
{
    [ServerFact]
    public async Task Types_of_the_database_become_values()
    {
        var database = await CreateAsync();

        var row = (await database.Source().ReadAllAsync(TestFile.Fetch("""
            SELECT 'f47ac10b-58cc-4372-a567-0e02b2c3d479'::uuid AS uuid, DATE '2024-02-29' AS date, TIME '12:34:56.5' AS time, INTERVAL '1 day 2 hours' AS span,
                TIMESTAMPTZ '2024-02-29 12:34:56+02' AS zoned, 7::smallint AS small, 8::integer AS medium, 1.5::real AS real, 'a'::char AS letter,
                '{"a": 1}'::jsonb AS json, ARRAY[1, NULL, 3] AS numbers, ARRAY['a', NULL] AS texts, ARRAY[]::text[] AS none,
                ARRAY['f47ac10b-58cc-4372-a567-0e02b2c3d479'::uuid] AS uuids, ARRAY[1.5, NULL]::numeric[] AS decimals,
                ARRAY[TIMESTAMP '2024-01-01 01:02:03', NULL] AS times, '192.168.0.1'::inet AS address, 'x'::xml AS xml, B'1'::bit(1) AS bit
            """))).Single();

        row.Should().Equal(new Dictionary<string, Value>
        {
            ["uuid"] = "f47ac10b-58cc-4372-a567-0e02b2c3d479",
            ["date"] = new DateTime(2024, 2, 29),
            ["time"] = "12:34:56.5",
            ["span"] = "1.02:00:00",
            ["zoned"] = new DateTime(2024, 2, 29, 10, 34, 56),
            ["small"] = 7,
            ["medium"] = 8,
            ["real"] = 1.5,
            ["letter"] = "a",
            ["json"] = "{\"a\": 1}",
            ["numbers"] = ValueList.Create([1, Value.Null, 3]),
            ["texts"] = ValueList.Create(["a", Value.Null]),
            ["none"] = ValueList.Empty,
            ["uuids"] = ValueList.Create(["f47ac10b-58cc-4372-a567-0e02b2c3d479"]),
            ["decimals"] = ValueList.Create([1.5m, Value.Null]),
            ["times"] = ValueList.Create([new DateTime(2024, 1, 1, 1, 2, 3), Value.Null]),
            ["address"] = "192.168.0.1",
            ["xml"] = "x",
            ["bit"] = true,
        });
    }

    [ServerFact]
    public async Task A_type_without_a_value_is_an_error_that_names_source_column_and_type()
    {
        var database = await CreateAsync();

        var read = () => database.Source().ReadAllAsync(TestFile.Fetch("SELECT 1 AS id, point(1, 2) AS place"));

        var failure = (await read.Should().ThrowAsync<SourceException>()).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("'hr'").And.Contain("'place'").And.Contain("point");
    }

    [ServerFact]
    public async Task A_wrong_password_is_a_permanent_fault_that_shows_neither_password()
    {
        var server = await shared.GetAsync();
        var wrong = server.ConnectionString.Replace(PostgreSqlServer.Password, "not-the-Pa55word", StringComparison.Ordinal);

        var failure = (await Reading(wrong, "SELECT 1 AS id").Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("password");
        failure.ToString().Should().NotContain("Pa55word");
    }

    [ServerFact]
    public async Task A_missing_database_and_a_missing_right_are_permanent_faults()
    {
        var server = await shared.GetAsync();
        var missing = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "no_such_database" }.ConnectionString;
        (await Reading(missing, "SELECT 1 AS id").Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("no such database");

        var database = await CreateAsync();
        await database.RunAsync("CREATE TABLE hidden (id integer)");
        var user = "u" + Guid.NewGuid().ToString("N");
        await database.RunAsync($"CREATE ROLE {user} LOGIN PASSWORD 'x-Pa55word'");
        var poor = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = user, Password = "x-Pa55word" }.ConnectionString;

        var failure = (await Reading(poor, "SELECT id FROM hidden").Should().ThrowAsync<SourceException>()).Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("no right");
    }

    [ServerFact]
    public async Task A_host_name_that_is_not_known_is_told_in_words()
    {
        var server = await shared.GetAsync();
        var typo = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "no-such-host.invalid" }.ConnectionString;

        var failure = (await Reading(typo, "SELECT 1 AS id").Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Transient);
        failure.Message.Should().Contain("host name");
    }

    [ServerFact]
    public async Task A_query_that_takes_too_long_is_a_transient_fault()
    {
        var database = await CreateAsync();
        var options = database.Connect(new SqlSourceOptions { CommandTimeout = TimeSpan.FromSeconds(1) });

        var read = () => new SqlSource("hr", options).ReadAllAsync(TestFile.Fetch("SELECT 1 AS id, pg_sleep(60)::text AS s"));

        (await read.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
    }

    [ServerFact]
    public async Task A_read_sees_one_state_of_the_data_while_others_write()
    {
        var database = await CreateAsync();
        await database.RunAsync("CREATE TABLE t (id integer); INSERT INTO t SELECT generate_series(1, 1000)");
        // A volatile function looks anew for each row, unless its transaction sees one state.
        await database.RunAsync("CREATE FUNCTION total() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT count(*) FROM t'");
        var totals = new List<Value>();

        await foreach (var row in database.Source().FetchAsync(TestFile.Fetch("SELECT id, total() AS total, repeat('x', 8000) AS filler FROM t"), default))
        {
            if (totals.Count == 0)
                await database.RunAsync("DELETE FROM t WHERE id > 500");
            totals.Add(row.Values[1]);
        }

        totals.Should().HaveCount(1000).And.OnlyContain(total => total == Value.From(1000));
    }

    [ServerFact]
    public async Task A_query_that_returns_two_tables_is_an_error()
    {
        var database = await CreateAsync();

        var read = () => database.Source().ReadAllAsync(TestFile.Fetch("SELECT 1 AS id; SELECT 2 AS id"));

        (await read.Should().ThrowAsync<SourceException>()).WithMessage("*more than one table*");
    }

    [ServerFact]
    public async Task A_connection_that_the_server_ends_in_the_middle_of_a_read_is_a_transient_fault()
    {
        var database = await CreateAsync();
        var read = async () =>
        {
            var count = 0;
            await foreach (var row in database.Source().FetchAsync(
                TestFile.Fetch("SELECT i AS id, pg_backend_pid() AS pid, repeat('x', 1000) AS filler FROM generate_series(1, 200000) AS i"), default))
            {
                if (++count == 1)
                    await database.RunAsync($"SELECT pg_terminate_backend({row.Values[1].AsInteger()})");
            }
        };

        (await read.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
    }

    private async Task<TestDatabase> CreateAsync() => new(NpgsqlFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.PostgreSql);

    private static Func<Task> Reading(string connectionString, string query) => () =>
        new TestDatabase(NpgsqlFactory.Instance, connectionString, DatabaseKind.PostgreSql).Source().ReadAllAsync(TestFile.Fetch(query));
}
