namespace Hermes.Sql.Connections;

/// <summary>The SQL that a database speaks and the habits of its driver.</summary>
public enum SqlDialect
{
    /// <summary>Told from the type of the driver's connection. The default.</summary>
    Auto,

    /// <summary>Standard SQL with <c>@name</c> parameters, for a database that is not in this list.</summary>
    Standard,

    /// <summary>SQLite (Microsoft.Data.Sqlite, System.Data.SQLite).</summary>
    Sqlite,

    /// <summary>PostgreSQL (Npgsql).</summary>
    PostgreSql,

    /// <summary>MySQL and MariaDB (MySqlConnector, MySql.Data).</summary>
    MySql,

    /// <summary>SQL Server (Microsoft.Data.SqlClient).</summary>
    SqlServer,

    /// <summary>Oracle (Oracle.ManagedDataAccess.Core).</summary>
    Oracle,
}
