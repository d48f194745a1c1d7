using System.Data;
using System.Data.Common;
using Hermes.Abstractions.Data;
using Hermes.Sql.Connections;
using Hermes.Sql.Faults;
using Hermes.Sql.Source;

namespace Hermes.Sql.Dialects;

/// <summary>What differs from one database and its driver to the next.</summary>
internal abstract class Dialect
{
    /// <summary>The isolation under which a whole read sees one state of the data; null if every statement does anyway.</summary>
    public virtual IsolationLevel? Snapshot => null;

    /// <summary>Whether a decimal column of scale 0 is how this database says integer.</summary>
    public virtual bool HasDecimalIntegers => false;

    /// <summary>Whether the server may count an updated row only if its content changed.</summary>
    public virtual bool CountsOnlyChangedRows => false;

    /// <summary>Tells the dialect from the driver.</summary>
    public static Dialect Detect(DbConnection connection)
    {
        var type = connection.GetType().FullName ?? "";
        return Of(type switch
        {
            "Microsoft.Data.Sqlite.SqliteConnection" or "System.Data.SQLite.SQLiteConnection" => SqlDialect.Sqlite,
            "Npgsql.NpgsqlConnection" => SqlDialect.PostgreSql,
            "MySqlConnector.MySqlConnection" or "MySql.Data.MySqlClient.MySqlConnection" => SqlDialect.MySql,
            "Microsoft.Data.SqlClient.SqlConnection" or "System.Data.SqlClient.SqlConnection" => SqlDialect.SqlServer,
            "Oracle.ManagedDataAccess.Client.OracleConnection" => SqlDialect.Oracle,
            _ => SqlDialect.Standard,
        });
    }

    /// <summary>The dialect of a name.</summary>
    public static Dialect Of(SqlDialect dialect) => dialect switch
    {
        SqlDialect.Sqlite => new SqliteDialect(),
        SqlDialect.PostgreSql => new PostgreSqlDialect(),
        SqlDialect.MySql => new MySqlDialect(),
        SqlDialect.SqlServer => new SqlServerDialect(),
        SqlDialect.Oracle => new OracleDialect(),
        _ => new StandardDialect(),
    };

    /// <summary>Corrects a connection before it is opened.</summary>
    public virtual void Prepare(DbConnection connection, int timeoutSeconds)
    {
    }

    /// <summary>Corrects a new command.</summary>
    public virtual void Prepare(DbCommand command)
    {
    }

    /// <summary>The name of a parameter as text of a query.</summary>
    public virtual string ParameterName(string name) => "@" + name;

    /// <summary>
    /// Whether a variable may be bound to this query; drivers that refuse a parameter which the query does not use look for it.
    /// </summary>
    public virtual bool Takes(string query, string name) => true;

    /// <summary>An identifier as it is written in a query, whatever characters are in it.</summary>
    public virtual string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The object that the driver binds for a value.</summary>
    public virtual object ToParameter(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean(),
        ValueKind.Integer => value.AsInteger(),
        ValueKind.Double => value.AsDouble(),
        ValueKind.Decimal => value.AsDecimal(),
        ValueKind.String => value.AsString(),
        ValueKind.DateTime => value.AsDateTime(),
        ValueKind.Bytes => value.AsBytes().ToArray(),
        ValueKind.List or ValueKind.Map => PlainJson.ToText(value),
        _ => DBNull.Value,
    };

    /// <summary>Reads a column for which the driver's type alone does not do; null to go by the type.</summary>
    public virtual ColumnReader? ReaderOf(DbDataReader reader, int ordinal, ReadingRules rules) => null;

    /// <summary>What to do about a value of this column that cannot be read; null for the usual advice.</summary>
    public virtual string? RemedyOf(DbDataReader reader, int ordinal) => null;

    /// <summary>
    /// Whether the driver does not know the type of a column, since it was made, or made anew, after the driver read the types of the database.
    /// </summary>
    public virtual bool IsOutdated(DbDataReader reader) => false;

    /// <summary>Lets the driver read the types of the database again.</summary>
    public virtual Task ReloadTypesAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What an exception of the driver means; null if this dialect does not know it.</summary>
    public abstract SqlFault? Explain(DbException exception, DbConnection connection);
}

/// <summary>A database that is not known: standard quotes, <c>@name</c>, faults by SQLSTATE.</summary>
internal sealed class StandardDialect : Dialect
{
    public override SqlFault? Explain(DbException exception, DbConnection connection) => SqlStates.Explain(exception.SqlState);
}
