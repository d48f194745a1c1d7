using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;
using MySqlConnector;

namespace Hermes.Sql.Tests.Source;

/// <summary>Types that the driver would change on the way.</summary>
[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbValuesTests(SharedServer<MariaDbServer> shared)
{
    [ServerFact]
    public async Task Values_are_read_as_the_database_holds_them()
    {
        var database = await CreateAsync();
        await database.RunAsync("CREATE TABLE t (whole decimal(10,0), part decimal(10,2), f float, guid char(36), other char(36), flag tinyint(1))");
        await database.RunAsync("INSERT INTO t VALUES (42, 42, 0.1, 'F47AC10B-58CC-4372-A567-0E02B2C3D479', 'no guid', 1)");

        var row = (await database.Source().ReadAllAsync(TestFile.Fetch("SELECT * FROM t"))).Single();

        row.Should().Equal(new Dictionary<string, Value>
        {
            ["whole"] = 42,
            ["part"] = 42.00m,
            ["f"] = 0.1,
            ["guid"] = "F47AC10B-58CC-4372-A567-0E02B2C3D479",
            ["other"] = "no guid",
            ["flag"] = true,
        });
    }

    [ServerFact]
    public async Task A_tinyint_of_one_digit_that_holds_another_number_is_that_number()
    {
        var database = await CreateAsync();
        await database.RunAsync("CREATE TABLE t (n tinyint(1)); INSERT INTO t VALUES (2), (-1), (0), (1), (NULL)");

        (await ReadAsync(database.Source(), "SELECT n FROM t")).Should().Equal(2, -1, false, true, Value.Null);

        var numbers = new TestDatabase(MySqlConnectorFactory.Instance, database.ConnectionString + ";TreatTinyAsBoolean=false", DatabaseKind.MariaDb);
        (await ReadAsync(numbers.Source(), "SELECT n FROM t")).Should().Equal(2, -1, 0, 1, Value.Null);
    }

    [ServerFact]
    public async Task A_query_that_the_server_stops_in_the_middle_of_its_rows_is_a_transient_fault()
    {
        var database = await CreateAsync();

        var read = () => database.Source().ReadAllAsync(TestFile.Fetch(
            "SET STATEMENT max_statement_time = 1 FOR SELECT seq AS id, SLEEP(0.002) AS s, REPEAT('x', 1000) AS t FROM seq_1_to_100000"));

        (await read.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
    }

    [ServerFact]
    public async Task A_zero_date_is_refused_with_advice_that_works()
    {
        foreach (var type in new[] { "date", "datetime(6)" })
        {
            var database = await CreateAsync();
            await database.RunAsync($"CREATE TABLE t (d {type})");
            await database.RunAsync("SET sql_mode = ''; INSERT INTO t VALUES ('0000-00-00')");

            var failure = (await Reading(database, "SELECT d FROM t").Should().ThrowAsync<SourceException>(type)).Which;
            failure.Fault.Should().Be(FaultKind.Permanent);
            failure.Message.Should().Contain("'d'").And.Contain("NULLIF(column, 0)").And.Contain("ConvertZeroDateTime=true");

            (await ReadAsync(database.Source(), "SELECT NULLIF(d, 0) AS d FROM t")).Should().Equal(Value.Null);
            var unset = new TestDatabase(MySqlConnectorFactory.Instance, database.ConnectionString + ";ConvertZeroDateTime=true", DatabaseKind.MariaDb);
            (await ReadAsync(unset.Source(), "SELECT d FROM t")).Should().Equal(Value.Null);
        }
    }

    [ServerFact]
    public async Task No_value_of_a_row_shows_in_an_error()
    {
        foreach (var statement in new[]
            {
                "INSERT INTO u SELECT token FROM t",
                "UPDATE u SET n = (SELECT token FROM t)",
                "INSERT INTO k SELECT token FROM t",
            })
        {
            var database = await CreateAsync();
            await database.RunAsync("CREATE TABLE t (token varchar(50)); INSERT INTO t VALUES ('it''s s3cret')");
            await database.RunAsync("CREATE TABLE u (n int); INSERT INTO u VALUES (1); CREATE TABLE k (token varchar(50) PRIMARY KEY); INSERT INTO k VALUES ('it''s s3cret')");

            var write = () => database.Source().ExecuteAsync(TestFile.Fetch(statement) with { Kind = SourceOperationKind.Modify }, default);

            (await write.Should().ThrowAsync<SourceException>()).Which.ToString().Should().NotContain("s3cret");
        }
    }

    private async Task<TestDatabase> CreateAsync() => new(MySqlConnectorFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.MariaDb);

    private static async Task<Value[]> ReadAsync(IDataSource source, string query) =>
        [.. (await source.ReadAllAsync(TestFile.Fetch(query))).Select(row => row.Values.Single())];

    private static Func<Task> Reading(TestDatabase database, string query) => () => database.Source().ReadAllAsync(TestFile.Fetch(query));
}
