using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;
using MySqlConnector;

namespace Hermes.Sql.Tests.Source;

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbSourceTests(SharedServer<MariaDbServer> shared)
{
    [ServerFact]
    public async Task Types_of_the_database_become_values()
    {
        var database = await CreateAsync();
        await database.RunAsync("""
            CREATE TABLE t (tiny tinyint(1), small smallint, un int unsigned, big bigint unsigned, dec1 decimal(10, 2), d date, dt datetime(6), tm time, y year, f float,
                j json, b binary(2), e enum('a', 'b'), txt text)
            """);
        await database.RunAsync(
            "INSERT INTO t VALUES (1, -7, 8, 9, 1.50, '2024-02-29', '2024-02-29 12:34:56.123456', '12:34:56', 2024, 1.5, '{\"a\": 1}', x'0102', 'b', 'é')");

        var row = (await database.Source().ReadAllAsync(TestFile.Fetch("SELECT * FROM t"))).Single();

        row.Should().Equal(new Dictionary<string, Value>
        {
            ["tiny"] = true,
            ["small"] = -7,
            ["un"] = 8,
            ["big"] = 9,
            ["dec1"] = 1.5m,
            ["d"] = new DateTime(2024, 2, 29),
            ["dt"] = new DateTime(2024, 2, 29, 12, 34, 56).AddTicks(1_234_560),
            ["tm"] = "12:34:56",
            ["y"] = 2024,
            ["f"] = 1.5,
            ["j"] = "{\"a\": 1}",
            ["b"] = Value.From([1, 2]),
            ["e"] = "b",
            ["txt"] = "é",
        });
    }

    [ServerFact]
    public async Task A_number_beyond_64_bits_is_an_error_that_names_the_column()
    {
        var database = await CreateAsync();

        var read = () => database.Source().ReadAllAsync(TestFile.Fetch("SELECT CAST(18446744073709551615 AS UNSIGNED) AS huge"));

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("'huge'");
    }

    [ServerFact]
    public async Task A_wrong_password_is_a_permanent_fault_that_shows_neither_password()
    {
        var server = await shared.GetAsync();
        var wrong = server.ConnectionString.Replace(MariaDbServer.Password, "not-the-Pa55word", StringComparison.Ordinal);

        var failure = (await Reading(wrong, "SELECT 1 AS id").Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("password");
        failure.ToString().Should().NotContain("Pa55word");
    }

    [ServerFact]
    public async Task Faults_are_told_apart()
    {
        var database = await CreateAsync();
        await database.RunAsync("CREATE TABLE t (id int PRIMARY KEY, name varchar(3) NOT NULL)");

        (await Writing(database, "INSERT INTO t VALUES (1, @n)", ("n", Value.Null)).Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("constraint");
        var tooLong = (await Writing(database, "INSERT INTO t VALUES (1, @n)", ("n", "too-long-a-text")).Should().ThrowAsync<SourceException>()).Which;
        tooLong.Fault.Should().Be(FaultKind.Permanent);
        tooLong.ToString().Should().NotContain("too-long-a-text");
        (await Writing(database, "INSERT INTO nothing VALUES (1)").Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("does not accept the query");
        var missing = database.ConnectionString.Replace("Database=", "Database=no_such_", StringComparison.Ordinal);
        (await Reading(missing, "SELECT 1 AS id").Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [ServerFact]
    public async Task A_row_that_another_session_has_locked_is_a_transient_fault()
    {
        var database = await CreateAsync();
        await database.RunAsync("CREATE TABLE t (id int PRIMARY KEY, name varchar(3)); INSERT INTO t VALUES (1, 'a')");
        await using var other = await database.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using var holding = other.CreateCommand();
        (holding.Transaction, holding.CommandText) = (transaction, "UPDATE t SET name = 'b'");
        await holding.ExecuteNonQueryAsync();

        var failure = (await Writing(database, "SET innodb_lock_wait_timeout = 1; UPDATE t SET name = 'c'").Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Transient);
        failure.Message.Should().Contain("locked");
    }

    private async Task<TestDatabase> CreateAsync() => new(MySqlConnectorFactory.Instance, await (await shared.GetAsync()).CreateDatabaseAsync(), DatabaseKind.MariaDb);

    private static Func<Task> Writing(TestDatabase database, string query, params (string Name, Value Value)[] variables) =>
        () => database.Source().ExecuteAsync(TestFile.Fetch(query, variables) with { Kind = SourceOperationKind.Modify }, default);

    private static Func<Task> Reading(string connectionString, string query) => () =>
        new TestDatabase(MySqlConnectorFactory.Instance, connectionString, DatabaseKind.MariaDb).Source().ReadAllAsync(TestFile.Fetch(query));
}
