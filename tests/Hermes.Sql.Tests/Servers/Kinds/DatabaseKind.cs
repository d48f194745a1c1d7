using Hermes.Abstractions.Data;
using Hermes.Sql.Connections;

namespace Hermes.Sql.Tests.Servers.Kinds;

/// <summary>What is special about the SQL of a database.</summary>
/// <param name="Dialect">Its dialect.</param>
/// <param name="Columns">The column type for each kind of value that it can hold.</param>
/// <param name="FailsAfterTwo">A query that returns two rows and fails in the third.</param>
public sealed record DatabaseKind(SqlDialect Dialect, IReadOnlyDictionary<ValueKind, string> Columns, string FailsAfterTwo)
{
    /// <summary>The column type of a text that may be a key.</summary>
    public string KeyText => Dialect == SqlDialect.MySql ? "varchar(300)" : Columns[ValueKind.String];

    /// <summary>The column type of a flag.</summary>
    public string Flag => Dialect == SqlDialect.Sqlite ? "INTEGER" : "boolean";

    /// <summary>The flag that is not set.</summary>
    public string False => Dialect == SqlDialect.Sqlite ? "0" : "FALSE";

    public static DatabaseKind Sqlite { get; } = new(
        SqlDialect.Sqlite,
        new Dictionary<ValueKind, string>
        {
            [ValueKind.Integer] = "INTEGER",
            [ValueKind.Double] = "REAL",
            [ValueKind.String] = "TEXT",
            [ValueKind.Bytes] = "BLOB",
        },
        "SELECT abs(n) AS id FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT -9223372036854775808)");

    public static DatabaseKind PostgreSql { get; } = new(
        SqlDialect.PostgreSql,
        new Dictionary<ValueKind, string>
        {
            [ValueKind.Boolean] = "boolean",
            [ValueKind.Integer] = "bigint",
            [ValueKind.Double] = "double precision",
            [ValueKind.Decimal] = "numeric",
            [ValueKind.String] = "text",
            [ValueKind.DateTime] = "timestamp",
            [ValueKind.Bytes] = "bytea",
            [ValueKind.List] = "text[]",
        },
        "SELECT 10 / (3 - n) AS id FROM generate_series(1, 5) AS n");

    public static DatabaseKind MariaDb { get; } = new(
        SqlDialect.MySql,
        new Dictionary<ValueKind, string>
        {
            [ValueKind.Boolean] = "boolean",
            [ValueKind.Integer] = "bigint",
            [ValueKind.Double] = "double",
            [ValueKind.Decimal] = "decimal(30, 6)",
            [ValueKind.String] = "varchar(6000)",
            [ValueKind.DateTime] = "datetime(6)",
            [ValueKind.Bytes] = "blob",
        },
        "SELECT n AS id FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT (SELECT 3 UNION SELECT 4)) AS t");
}
