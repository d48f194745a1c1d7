using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;
using Npgsql;

namespace Hermes.Sql.Tests.Source;

/// <summary>Types that the driver would change on the way.</summary>
[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlValuesTests(SharedServer<PostgreSqlServer> shared)
{
    [ServerFact]
    public async Task Values_are_read_as_the_database_holds_them()
    {
        var database = await CreateAsync();
        await database.RunAsync("CREATE TABLE t (whole numeric(10,0), part numeric(10,2), wholes numeric(5,0)[], day date)");
        await database.RunAsync("INSERT INTO t VALUES (42, 42, '{1,NULL}', '9999-12-31')");

        var row = await ReadAsync(database, """
            SELECT whole, part, wholes, day, 0.1::real AS real, ARRAY[0.1]::real[] AS reals, '10.1.2.3/24'::inet AS masked, '10.1.2.3'::inet AS address,
                '10.0.0.0/8'::cidr AS net, '12:00+02'::timetz AS zoned, '12:00:00.5-03:30'::timetz AS fraction, '2024-02-29'::date AS leap FROM t
            """);

        row.Should().Equal(new Dictionary<string, Value>
        {
            ["whole"] = 42,
            ["part"] = 42.00m,
            ["wholes"] = ValueList.Create([1, Value.Null]),
            ["day"] = new DateTime(9999, 12, 31),
            ["real"] = 0.1,
            ["reals"] = ValueList.Create([0.1]),
            ["masked"] = "10.1.2.3/24",
            ["address"] = "10.1.2.3",
            ["net"] = "10.0.0.0/8",
            ["zoned"] = "12:00:00+02:00",
            ["fraction"] = "12:00:00.5-03:30",
            ["leap"] = new DateTime(2024, 2, 29),
        });
    }

    [ServerFact]
    public async Task What_cannot_be_read_exactly_is_refused_with_the_column()
    {
        var database = await CreateAsync();
        await database.RunAsync("CREATE TABLE pair (a text, b integer); INSERT INTO pair VALUES ('s3cret', 2)");
        foreach (var expression in new[]
            {
                "'infinity'::date", "'-infinity'::timestamp", "'infinity'::timestamptz", "ARRAY['infinity'::timestamp]", "'20000-01-01'::timestamp",
                "'0044-03-15 BC'::date", "'NaN'::numeric", "'1 month'::interval", "(SELECT d FROM pair AS d)",
                "ARRAY['10.1.2.3/24'::inet]",
            })
        {
            var failure = (await Reading(database, $"SELECT {expression} AS odd").Should().ThrowAsync<SourceException>(expression)).Which;

            failure.Fault.Should().Be(FaultKind.Permanent, expression);
            failure.Message.Should().Contain("'hr'").And.Contain("'odd'").And.Contain("CAST");
            failure.ToString().Should().NotContain("s3cret");
        }
    }

    [ServerFact]
    public async Task No_value_of_a_row_shows_in_an_error()
    {
        foreach (var query in new[]
            {
                "SELECT CAST(token AS bigint) AS n FROM t",
                "SELECT token::jsonb AS n FROM t",
                "SELECT token::timestamp AS n FROM t",
                "SELECT fail(token) AS n FROM t",
            })
        {
            var database = await CreateAsync();
            await database.RunAsync("CREATE TABLE t (token text); INSERT INTO t VALUES ('it''s \"s3cret')");
            await database.RunAsync("CREATE FUNCTION fail(t text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'bad token %', t; END $$");

            var failure = (await Reading(database, query).Should().ThrowAsync<SourceException>()).Which;

            failure.Message.Should().Contain("'hr'");
            failure.ToString().Should().NotContain("s3cret");
        }
    }

    [ServerFact]
    public async Task A_type_that_is_made_anew_while_the_server_runs_is_read_on()
    {
        var database = await CreateAsync();
        await database.RunAsync("CREATE TYPE mood AS ENUM ('fine'); CREATE TABLE t (m mood, ms mood[]); INSERT INTO t VALUES ('fine', '{fine}')");
        (await ReadAsync(database, "SELECT m FROM t"))["m"].Should().Be(Value.From("fine"));

        await database.RunAsync("DROP TABLE t; DROP TYPE mood");
        await database.RunAsync("CREATE TYPE mood AS ENUM ('new'); CREATE TABLE t (m mood, ms mood[]); INSERT INTO t VALUES ('new', '{new}')");

        var row = await ReadAsync(database, "SELECT m, ms FROM t");
        row["m"].Should().Be(Value.From("new"));
        row["ms"].Should().Be(Value.From(ValueList.Create(["new"])));
    }

    private async Task<TestDatabase> CreateAsync() => new(NpgsqlFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.PostgreSql);

    private static async Task<Dictionary<string, Value>> ReadAsync(TestDatabase database, string query) =>
        (await database.Source().ReadAllAsync(TestFile.Fetch(query))).Single();

    private static Func<Task> Reading(TestDatabase database, string query) => () => database.Source().ReadAllAsync(TestFile.Fetch(query));
}
