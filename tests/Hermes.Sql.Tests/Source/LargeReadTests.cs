using Hermes.Sql.Source;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.TestSupport.Servers;
using MySqlConnector;
using Npgsql;

namespace Hermes.Sql.Tests.Source;

/// <summary>A million rows are streamed: what is held in memory does not grow with them.</summary>
public sealed class SqliteLargeReadTests : IDisposable
{
    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_million_rows_are_read_in_constant_memory()
    {
        _file.Run("SELECT 1");
        await LargeRead.VerifyAsync(
            _file.Source(),
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i AS id, 'name of person ' || i AS name, i % 7 AS age FROM n");
    }
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlLargeReadTests(SharedServer<PostgreSqlServer> shared)
{
    [ServerFact]
    public async Task A_million_rows_are_read_in_constant_memory()
    {
        var database = new TestDatabase(NpgsqlFactory.Instance, (await shared.GetAsync()).ConnectionString, DatabaseKind.PostgreSql);

        await LargeRead.VerifyAsync(database.Source(), "SELECT i AS id, 'name of person ' || i AS name, i % 7 AS age FROM generate_series(1, 1000000) AS i");
    }
}

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbLargeReadTests(SharedServer<MariaDbServer> shared)
{
    [ServerFact]
    public async Task A_million_rows_are_read_in_constant_memory()
    {
        var database = new TestDatabase(MySqlConnectorFactory.Instance, (await shared.GetAsync()).ConnectionString, DatabaseKind.MariaDb);

        await LargeRead.VerifyAsync(database.Source(), "SELECT seq AS id, CONCAT('name of person ', seq) AS name, seq % 7 AS age FROM seq_1_to_1000000");
    }
}

internal static class LargeRead
{
    private const int Rows = 1_000_000;

    // Half a million rows of some 150 bytes, kept by mistake, would be four times this.
    private const long Bound = 20_000_000;

    public static async Task VerifyAsync(SqlSource source, string query)
    {
        var retained = new List<long>();
        long count = 0, sum = 0;
        await foreach (var row in source.FetchAsync(TestFile.Fetch(query), default))
        {
            sum += row.Values[0].AsInteger();
            if (++count % 100_000 == 0)
                retained.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        count.Should().Be(Rows);
        sum.Should().Be(Rows * (Rows + 1L) / 2);
        // Other tests run at the same time: the least that was retained in the second half must not be above the first half's by much.
        (retained.Skip(5).Min() - retained.Take(5).Min()).Should().BeLessThan(Bound, $"these bytes were retained: {string.Join(", ", retained)}");
    }
}
