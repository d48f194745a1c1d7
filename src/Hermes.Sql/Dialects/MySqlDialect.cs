using System.Data;
using System.Data.Common;
using Hermes.Abstractions.Data;
using Hermes.Sql.Faults;
using Hermes.Sql.Source;

namespace Hermes.Sql.Dialects;

/// <summary>MySQL and MariaDB, with MySqlConnector or MySql.Data.</summary>
internal sealed class MySqlDialect : Dialect
{
    private static readonly string[] GuidSettings = ["GuidFormat", "Guid Format", "OldGuids", "Old Guids"];
    private static readonly string[] TinySettings = ["TreatTinyAsBoolean", "Treat Tiny As Boolean"];
    private static readonly ColumnReader RefusedGuid = (reader, i) => reader.IsDBNull(i)
        ? Value.Null
        : throw new UnsupportedValueException(
            typeof(Guid), "The driver takes char(36) for a GUID and changes its letters. Set GuidFormat=None in the connection string of the data source.");

    // The same for all connections of a database, whose connection string is one.
    private bool _readsFlags;
    private bool _takesTextForGuid;

    public override IsolationLevel? Snapshot => IsolationLevel.RepeatableRead;

    // With UseAffectedRows=true in the connection string.
    public override bool CountsOnlyChangedRows => true;

    public override bool HasDecimalIntegers => true;

    // MySqlConnector takes char(36) for a GUID: it refuses other texts, and writes those that it takes in its own way. It takes tinyint(1) for a Boolean,
    // whatever number is in it. Whoever sets it in the connection string wants it so.
    public override void Prepare(DbConnection connection, int timeoutSeconds)
    {
        if (connection.GetType().Namespace != "MySqlConnector")
            return;
        var settings = new DbConnectionStringBuilder { ConnectionString = connection.ConnectionString };
        var (isGuidSet, isTinySet) = (GuidSettings.Any(settings.ContainsKey), TinySettings.Any(settings.ContainsKey));
        if (!isGuidSet)
            settings[GuidSettings[0]] = "None";
        if (!isTinySet)
            settings[TinySettings[0]] = "false";
        try
        {
            connection.ConnectionString = settings.ConnectionString;
            _readsFlags = !isTinySet;
        }
        catch (Exception failure) when (failure is InvalidOperationException or NotSupportedException or DbException)
        {
            // The connections of a data source are as their maker set them.
            _takesTextForGuid = !isGuidSet;
        }
    }

    public override ColumnReader? ReaderOf(DbDataReader reader, int ordinal, ReadingRules rules)
    {
        var type = reader.GetFieldType(ordinal);
        if (type == typeof(DateTime))
            return Date;
        if (type == typeof(Guid) && _takesTextForGuid)
            return RefusedGuid;
        return type == typeof(sbyte) && _readsFlags && reader.CanGetColumnSchema() && reader.GetColumnSchema()[ordinal].ColumnSize == 1 ? TinyInteger : null;
    }

    public override string? RemedyOf(DbDataReader reader, int ordinal) => reader.GetFieldType(ordinal) == typeof(DateTime)
        ? "If it is a zero date (0000-00-00), write NULLIF(column, 0) in the query, or set ConvertZeroDateTime=true in the connection string: then it is not set."
        : null;

    public override string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    public override SqlFault? Explain(DbException exception, DbConnection connection) => DriverNumber.Of(exception) switch
    {
        1045 or 1698 or 1862 or 4151 => SqlFault.Login,
        1044 or 1142 or 1143 or 1227 or 1370 => SqlFault.Forbidden,
        1049 => SqlFault.NoDatabase,
        1040 or 1203 or 1226 => SqlFault.TooManyConnections,
        1042 or 1043 or 1047 or 1053 or 1077 or 1152 or 1158 or 1159 or 1160 or 1161 or 2002 or 2003 or 2005 or 2006 or 2013 => SqlFault.Unreachable,
        1205 => SqlFault.Busy,
        1213 => SqlFault.Deadlock,
        1317 or 1969 or 3024 => SqlFault.Timeout,
        1021 or 1114 => SqlFault.Full,
        1022 or 1048 or 1062 or 1169 or 1216 or 1217 or 1451 or 1452 or 1557 or 1586 or 3819 or 4025 => SqlFault.Constraint,
        1264 or 1265 or 1292 or 1366 or 1406 => SqlFault.Data,
        1054 or 1064 or 1109 or 1146 or 1305 => SqlFault.Query,
        _ => SqlStates.Explain(exception.SqlState),
    };

    // tinyint(1) is how Booleans are stored, but it holds any small number.
    private static Value TinyInteger(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? Value.Null : reader.GetInt64(ordinal) switch
    {
        0 => false,
        1 => true,
        var number => number,
    };

    // With ConvertZeroDateTime the driver has this date for those that the database calls zero; no real date is as early.
    private static Value Date(DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) || reader.GetDateTime(ordinal) is var date && date == DateTime.MinValue ? Value.Null : date;
}
