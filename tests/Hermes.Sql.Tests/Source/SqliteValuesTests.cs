using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Faults;
using Microsoft.Data.Sqlite;

namespace Hermes.Sql.Tests.Source;

public sealed class SqliteValuesTests : IDisposable
{
    private readonly TestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("date", "2024-02-29", "2024-02-29T00:00:00")]
    [InlineData("DATETIME", "2024-02-29 12:34", "2024-02-29T12:34:00")]
    [InlineData("timestamp", "2024-02-29 12:34:56.123456", "2024-02-29T12:34:56.123456")]
    [InlineData("timestamp with time zone", "2024-02-29T12:34:56+02:00", "2024-02-29T10:34:56")]
    [InlineData("datetime(6)", "2024-02-29T12:34:56Z", "2024-02-29T12:34:56")]
    public async Task A_text_in_a_column_that_is_declared_as_a_date_is_a_date_unless_the_setting_says_otherwise(string type, string text, string expected)
    {
        _file.Run($"CREATE TABLE t (d {type}, n text); INSERT INTO t VALUES ('{text}', '{text}'), (NULL, NULL), (7, 8)");

        var rows = await TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT d, n FROM t"));
        rows.Select(row => row["d"].Kind).Should().Equal(ValueKind.DateTime, ValueKind.Null, ValueKind.Integer);
        rows[0]["d"].ToString().Should().Be(expected);
        rows[0]["n"].Should().Be(Value.From(text));

        rows = await TestFile.ReadAsync(_file.Source(options => options.DeclaredDates = false), TestFile.Fetch("SELECT d FROM t"));
        rows[0]["d"].Should().Be(Value.From(text));
    }

    [Theory]
    [InlineData("03/04/2024")]
    [InlineData("12:34")]
    [InlineData("")]
    public async Task A_text_that_is_no_date_in_such_a_column_is_refused_with_the_setting(string text)
    {
        _file.Run($"CREATE TABLE t (born date); INSERT INTO t VALUES ('{text}')");

        var failure = (await Reading("SELECT born FROM t").Should().ThrowAsync<SourceException>()).Which;

        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.Message.Should().Contain("'born'").And.Contain("DeclaredDates");
        if (text.Length > 0)
            failure.ToString().Should().NotContain(text);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_an_error_that_names_the_column()
    {
        _file.Run("CREATE TABLE t (name text); INSERT INTO t VALUES (CAST(x'416eff' AS TEXT))");

        (await Reading("SELECT name FROM t").Should().ThrowAsync<SourceException>()).WithMessage("*'name'*UTF-8*");
        (await TestFile.ReadAsync(_file.Source(), TestFile.Fetch("SELECT CAST(name AS BLOB) AS name FROM t"))).Single()["name"].Should().Be(Value.From([0x41, 0x6e, 0xff]));
    }

    [Fact]
    public void Texts_of_databases_are_told_without_what_may_be_a_value()
    {
        Told("duplicate value 'it's s3cret' for \"k\" here", SqlFault.Constraint).Should().Be("duplicate value *** here");
        Told("Cannot insert. The value is (s3cret).", SqlFault.Data).Should().Be("Cannot insert. The value is ***.");
        Told("invalid byte sequence: 0xff 0xa1", SqlFault.Data).Should().Be("invalid byte sequence: ***");
        Told("column \"x\" does not exist", SqlFault.Query).Should().Be("column \"x\" does not exist");
        ServerText.Of(new FormatException("Could not parse: s3cret"), SqlFault.Driver).Should().BeNull();
    }

    private static string? Told(string message, SqlFault fault) => ServerText.Of(new SqliteException(message, 1), fault);

    private Func<Task> Reading(string query) => () => TestFile.ReadAsync(_file.Source(), TestFile.Fetch(query));
}
