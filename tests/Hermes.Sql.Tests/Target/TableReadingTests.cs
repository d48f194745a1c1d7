using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Sql.Target;
using Hermes.Sql.Tests.Servers;
using Hermes.Sql.Tests.Servers.Kinds;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Targets;
using Hermes.TestSupport.Servers;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace Hermes.Sql.Tests.Target;

/// <summary>What a database holds of values of all kinds, in columns that keep them in a form of their own.</summary>
public abstract class TableReadingTests
{
    private static readonly TargetType Cards = new("Cards", ["at", "code", "data", "flag", "id", "list", "name", "number"], ["id"], [], []);

    /// <summary>An empty database, and a table of cards in it.</summary>
    private protected abstract Task<TestDatabase> MakeAsync();

    [ServerFact]
    public async Task Every_value_is_what_the_column_was_given_and_no_other()
    {
        var database = await MakeAsync();
        var target = await StartAsync(database);
        (string Attribute, Value[] Values)[] given =
        [
            ("flag", [true, false]),
            ("number", [0, -1, long.MaxValue, 42]),
            ("at", ContractValues.Samples[ValueKind.DateTime]),
            ("code", ["ab", "x"]),
            ("data", ContractValues.Samples[ValueKind.Bytes]),
            ("list", [ValueList.Create(["b", "é, \"c\""]), ValueMap.Create([new("z", 1), new("a", ValueList.Create([true, 1.5]))])]),
        ];

        foreach (var (attribute, values) in given)
        {
            foreach (var value in values)
            {
                await target.ApplyAsync(new EntryAdded("Cards", EntryKey.Of(7), Entry.Of(("id", 7), (attribute, value))), new TestTargetContext(), default);
                var held = (await AllAsync(target)).Single().Content.Get(attribute);
                target.IsSame("Cards", attribute, value, held).Should().BeTrue($"{attribute} was given {value} and is held as {held.Kind} {held}");
                foreach (var other in values.Where(other => other != value))
                    target.IsSame("Cards", attribute, other, held).Should().BeFalse($"{attribute} was given {value} and not {other}");
            }
        }
    }

    [ServerFact]
    public async Task A_row_is_found_by_the_link_of_a_number_and_nothing_by_that_of_another_table()
    {
        var target = await StartAsync(await MakeAsync());
        await target.ApplyAsync(new EntryAdded("Cards", EntryKey.Of(long.MaxValue), Entry.Of(("id", long.MaxValue), ("name", "Ann"))), new TestTargetContext(), default);
        var link = target.LinkOf("Cards", EntryKey.Of(long.MaxValue))!;

        (await AllAsync(target)).Single().Link.Should().Be(link).And.Be("cards/9223372036854775807");
        (await target.FindAsync("Cards", link, default))!.Content["name"].Should().Be((Value)"Ann");
        foreach (var wrong in new[] { "cards/9223372036854775806", "cards/x", "cards/1/2", "people/9223372036854775807", "" })
            (await target.FindAsync("Cards", wrong, default)).Should().BeNull();
    }

    [ServerFact]
    public async Task A_column_that_there_is_not_is_an_error_that_names_it()
    {
        var target = await StartAsync(await MakeAsync());
        await target.ApplyAsync(new EntryAdded("Cards", EntryKey.Of(1), Entry.Of(("id", 1))), new TestTargetContext(), default);

        var read = async () => await AllAsync(target, "nothing");

        var failure = (await read.Should().ThrowAsync<TargetException>()).WithMessage("*table 'cards'*nothing*").Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
    }

    [ServerFact]
    public async Task Many_rows_are_streamed_and_a_reading_may_be_left()
    {
        var database = await MakeAsync();
        await database.RunAsync(
            "INSERT INTO cards (id, name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
            + "SELECT a.i * 1000 + b.i, 'x' FROM n a, n b WHERE b.i <= 25");
        var target = await StartAsync(database);

        await foreach (var one in target.ReadAsync("Cards", [], default))
        {
            one.Content["name"].Should().Be((Value)"x");
            break;
        }

        (await AllAsync(target)).Select(one => one.Link).Distinct().Should().HaveCount(22_500);
    }

    private protected static async Task<TableTarget> StartAsync(TestDatabase database)
    {
        var target = new TableTarget("cards", database.Connect(new TableTargetOptions { Tables = { ["Cards"] = "cards" } }));
        await target.StartAsync([Cards], default);
        return target;
    }

    private static async Task<List<TargetObject>> AllAsync(TableTarget target, params string[] also)
    {
        var all = new List<TargetObject>();
        await foreach (var one in target.ReadAsync("Cards", also, default))
            all.Add(one);
        return all;
    }
}

public sealed class SqliteTableReadingTests : TableReadingTests, IDisposable
{
    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    private protected override Task<TestDatabase> MakeAsync()
    {
        _file.Run("CREATE TABLE cards (id INTEGER PRIMARY KEY, name TEXT, flag INTEGER, number TEXT, at TEXT, code TEXT, data BLOB, list TEXT)");
        return Task.FromResult(new TestDatabase(SqliteFactory.Instance, _file.ConnectionString, DatabaseKind.Sqlite));
    }
}

[Collection(nameof(PostgreSqlServer)), RequiresServer("postgresql")]
public sealed class PostgreSqlTableReadingTests(SharedServer<PostgreSqlServer> shared) : TableReadingTests
{
    private protected override Task<TestDatabase> MakeAsync() => TestTables.MakeAsync(
        NpgsqlFactory.Instance,
        async () => await (await shared.GetAsync()).CreateDatabaseAsync(),
        DatabaseKind.PostgreSql,
        "CREATE TABLE cards (id bigint PRIMARY KEY, name text, flag boolean, number numeric, at timestamp, code char(8), data bytea, list text)");
}

[Collection(nameof(MariaDbServer)), RequiresServer("mariadb")]
public sealed class MariaDbTableReadingTests(SharedServer<MariaDbServer> shared) : TableReadingTests
{
    private protected override Task<TestDatabase> MakeAsync() => TestTables.MakeAsync(
        MySqlConnectorFactory.Instance,
        async () => await (await shared.GetAsync()).CreateDatabaseAsync(),
        DatabaseKind.MariaDb,
        "CREATE TABLE cards (id bigint PRIMARY KEY, name text, flag boolean, number decimal(20), at datetime, code char(8), data blob, list text)");
}
