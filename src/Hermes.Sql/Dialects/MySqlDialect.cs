using System.Data;
using System.Data.Common;
using Hermes.Sql.Faults;

namespace Hermes.Sql.Dialects;

/// <summary>MySQL and MariaDB, with MySqlConnector or MySql.Data.</summary>
internal sealed class MySqlDialect : Dialect
{
    public override IsolationLevel? Snapshot => IsolationLevel.RepeatableRead;

    // With UseAffectedRows=true in the connection string.
    public override bool CountsOnlyChangedRows => true;

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
}
