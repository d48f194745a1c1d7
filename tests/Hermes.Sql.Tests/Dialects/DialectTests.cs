using System.Data;
using System.Data.Common;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Sql.Connections;
using Hermes.Sql.Dialects;
using Hermes.Sql.Faults;
using Hermes.Sql.Source;
using Microsoft.Data.Sqlite;

namespace Hermes.Sql.Tests.Dialects;

/// <summary>What can be checked without the server of a dialect.</summary>
public sealed class DialectTests
{
    [Theory]
    [InlineData(SqlDialect.Sqlite, "a\"b", "\"a\"\"b\"")]
    [InlineData(SqlDialect.PostgreSql, "a\"b", "\"a\"\"b\"")]
    [InlineData(SqlDialect.Oracle, "a\"b", "\"a\"\"b\"")]
    [InlineData(SqlDialect.Standard, "select", "\"select\"")]
    [InlineData(SqlDialect.MySql, "a`b", "`a``b`")]
    [InlineData(SqlDialect.SqlServer, "a]b", "[a]]b]")]
    public void Identifiers_are_quoted(SqlDialect dialect, string name, string quoted) => Dialect.Of(dialect).Quote(name).Should().Be(quoted);

    [Theory]
    [InlineData("SELECT * FROM t WHERE id = :id", "id", true)]
    [InlineData("SELECT * FROM t WHERE id = :ID", "id", true)]
    [InlineData("SELECT * FROM t WHERE id = :identity", "id", false)]
    [InlineData("SELECT * FROM t", "id", false)]
    public void Oracle_gets_only_the_parameters_that_its_query_uses(string query, string name, bool takes) =>
        Dialect.Of(SqlDialect.Oracle).Takes(query, name).Should().Be(takes);

    [Fact]
    public void Oracle_writes_names_and_booleans_in_its_own_way()
    {
        Dialect.Of(SqlDialect.Oracle).ParameterName("id").Should().Be(":id");
        Dialect.Of(SqlDialect.Oracle).ToParameter(true).Should().Be(1);
        Dialect.Of(SqlDialect.SqlServer).ParameterName("id").Should().Be("@id");
        Dialect.Of(SqlDialect.SqlServer).ToParameter(true).Should().Be(true);
        Dialect.Of(SqlDialect.SqlServer).ToParameter(Value.Null).Should().Be(DBNull.Value);
    }

    [Theory]
    [InlineData(SqlDialect.SqlServer, 18456, FaultKind.Permanent, "password")]
    [InlineData(SqlDialect.SqlServer, 1205, FaultKind.Transient, "concurrent")]
    [InlineData(SqlDialect.SqlServer, -2, FaultKind.Transient, "in time")]
    [InlineData(SqlDialect.SqlServer, 53, FaultKind.Transient, "cannot be reached")]
    [InlineData(SqlDialect.SqlServer, 2627, FaultKind.Permanent, "constraint")]
    [InlineData(SqlDialect.SqlServer, 208, FaultKind.Permanent, "query")]
    [InlineData(SqlDialect.SqlServer, 3952, FaultKind.Permanent, "ALLOW_SNAPSHOT_ISOLATION")]
    [InlineData(SqlDialect.Oracle, 1017, FaultKind.Permanent, "password")]
    [InlineData(SqlDialect.Oracle, 12541, FaultKind.Transient, "cannot be reached")]
    [InlineData(SqlDialect.Oracle, 1, FaultKind.Permanent, "constraint")]
    [InlineData(SqlDialect.Oracle, 60, FaultKind.Transient, "concurrent")]
    [InlineData(SqlDialect.Oracle, 942, FaultKind.Permanent, "query")]
    [InlineData(SqlDialect.MySql, 1213, FaultKind.Transient, "concurrent")]
    public void Numbers_of_errors_are_told_in_words(SqlDialect dialect, int number, FaultKind kind, string word)
    {
        var fault = Dialect.Of(dialect).Explain(new NumberedException(number), new SqliteConnection());

        fault.Should().NotBeNull();
        fault!.Kind.Should().Be(kind);
        fault.Text.Should().Contain(word);
    }

    [Theory]
    [InlineData("40P01", FaultKind.Transient)]
    [InlineData("40001", FaultKind.Transient)]
    [InlineData("08006", FaultKind.Transient)]
    [InlineData("57P01", FaultKind.Transient)]
    [InlineData("53300", FaultKind.Transient)]
    [InlineData("28P01", FaultKind.Permanent)]
    [InlineData("23505", FaultKind.Permanent)]
    [InlineData("22001", FaultKind.Permanent)]
    [InlineData("42P01", FaultKind.Permanent)]
    [InlineData("42501", FaultKind.Permanent)]
    public void Standard_states_are_told_apart(string state, FaultKind kind) => SqlStates.Explain(state)!.Kind.Should().Be(kind);

    [Fact]
    public void A_cause_below_the_drivers_exception_is_found()
    {
        var timeout = SqlFailure.Of(new NumberedException(0, new TimeoutException()), "x", Dialect.Of(SqlDialect.Standard), new SqliteConnection(), []);
        var network = SqlFailure.Of(new NumberedException(0, new IOException("reset")), "x", Dialect.Of(SqlDialect.Standard), new SqliteConnection(), []);
        var unknown = SqlFailure.Of(new NumberedException(0), "x", Dialect.Of(SqlDialect.Standard), new SqliteConnection(), []);

        timeout.Fault.Should().Be(SqlFault.Timeout);
        network.Fault.Should().Be(SqlFault.Unreachable);
        unknown.Fault.Kind.Should().Be(FaultKind.Permanent);
    }

    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(10, 2, false)]
    [InlineData(0, 0, false)]
    [InlineData(38, 129, false)]
    [InlineData(null, null, false)]
    public void A_decimal_column_of_scale_0_holds_whole_numbers(int? precision, int? scale, bool whole)
    {
        using var table = new DataTable();
        table.Columns.Add("NumericPrecision", typeof(short));
        table.Columns.Add("NumericScale", typeof(short));
        var row = table.Rows.Add(precision is null ? DBNull.Value : precision, scale is null ? DBNull.Value : scale);

        ColumnReaders.IsWhole(row).Should().Be(whole);
    }

    private sealed class NumberedException(int number, Exception? cause = null) : DbException("The server said something.", cause)
    {
        public int Number => number;
    }
}
