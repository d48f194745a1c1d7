namespace Hermes.Sql.Faults;

/// <summary>What the SQLSTATE codes of the SQL standard and of PostgreSQL mean.</summary>
internal static class SqlStates
{
    public static SqlFault? Explain(string? state) => state switch
    {
        null or { Length: < 5 } => null,
        "57014" => SqlFault.Timeout,
        "55P03" or "55006" => SqlFault.Busy,
        "42501" => SqlFault.Forbidden,
        "53300" => SqlFault.TooManyConnections,
        "53100" => SqlFault.Full,
        "57P04" => SqlFault.NoDatabase,
        "25006" => SqlFault.Forbidden,
        _ => state[..2] switch
        {
            "08" or "57" or "58" => SqlFault.Unreachable,
            "28" => SqlFault.Login,
            "3D" => SqlFault.NoDatabase,
            "22" => SqlFault.Data,
            "23" or "44" => SqlFault.Constraint,
            "40" => SqlFault.Deadlock,
            "53" => SqlFault.UnknownTransient,
            "42" or "3F" => SqlFault.Query,
            _ => null,
        },
    };
}
