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
}
