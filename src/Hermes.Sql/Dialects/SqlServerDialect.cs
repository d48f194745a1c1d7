using System.Data;
using System.Data.Common;
using Hermes.Sql.Faults;

namespace Hermes.Sql.Dialects;

/// <summary>SQL Server with Microsoft.Data.SqlClient.</summary>
internal sealed class SqlServerDialect : Dialect
{
    public override IsolationLevel? Snapshot => IsolationLevel.Snapshot;

    public override bool HasDecimalIntegers => true;

    public override string Quote(string identifier) => $"[{identifier.Replace("]", "]]", StringComparison.Ordinal)}]";

    public override SqlFault? Explain(DbException exception, DbConnection connection) => DriverNumber.Of(exception) switch
    {
        3952 => SqlFault.NoSnapshot,
        18452 or 18456 or 18470 or 18486 or 18487 or 18488 => SqlFault.Login,
        229 or 230 or 262 or 297 or 300 => SqlFault.Forbidden,
        4060 or 911 => SqlFault.NoDatabase,
        1205 or 3960 => SqlFault.Deadlock,
        1222 => SqlFault.Busy,
        -2 => SqlFault.Timeout,
        1101 or 1105 or 9002 => SqlFault.Full,
        10928 or 10929 or 40501 or 49918 or 49919 or 49920 => SqlFault.TooManyConnections,
        -1 or 2 or 53 or 64 or 121 or 233 or 258 or 4221 or 10053 or 10054 or 10060 or 10061 or 11001 or 40197 or 40613 => SqlFault.Unreachable,
        515 or 547 or 2601 or 2627 => SqlFault.Constraint,
        220 or 241 or 242 or 245 or 2628 or 8114 or 8115 or 8152 => SqlFault.Data,
        102 or 105 or 156 or 207 or 208 or 2812 or 137 => SqlFault.Query,
        _ => SqlStates.Explain(exception.SqlState),
    };
}
