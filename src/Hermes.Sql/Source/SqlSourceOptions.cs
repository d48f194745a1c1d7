using Hermes.Sql.Connections;

namespace Hermes.Sql.Source;

/// <summary>The settings of a SQL data source.</summary>
public sealed class SqlSourceOptions : SqlConnectionOptions
{
    /// <summary>
    /// Whether each fetch runs in a transaction that sees one state of the data (repeatable read on PostgreSQL, MySQL and MariaDB, serializable on
    /// Oracle, snapshot on SQL Server; a statement of SQLite sees one state anyway). Default: true. Each fetch is a transaction of its own.
    /// </summary>
    public bool ConsistentRead { get; set; } = true;

    /// <summary>
    /// Whether a text in a column that SQLite declares as <c>date</c>, <c>datetime</c> or <c>timestamp</c> is read as a date-time (in ISO 8601; another
    /// text there is an error). Default: true. If false it stays a text. Other databases have types of their own for dates.
    /// </summary>
    public bool DeclaredDates { get; set; } = true;
}
