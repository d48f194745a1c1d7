using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Sql.Faults;

namespace Hermes.Sql.Dialects;

/// <summary>Oracle with Oracle.ManagedDataAccess.Core.</summary>
internal sealed class OracleDialect : Dialect
{
    public override IsolationLevel? Snapshot => IsolationLevel.Serializable;

    public override bool HasDecimalIntegers => true;

    // The driver binds by position unless told otherwise, and its type is not known at compile time.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Whoever trims a program keeps its driver whole, as the documentation says.")]
    public override void Prepare(DbCommand command) => command.GetType().GetProperty("BindByName")?.SetValue(command, true);

    public override string ParameterName(string name) => ":" + name;

    // The driver refuses a parameter that the query does not use.
    public override bool Takes(string query, string name) =>
        Regex.IsMatch(query, $":{Regex.Escape(name)}(?![A-Za-z0-9_$#])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // There was no Boolean before Oracle 23; numbers work on all versions.
    public override object ToParameter(Value value) => value.Kind == ValueKind.Boolean ? (value.AsBoolean() ? 1 : 0) : base.ToParameter(value);

    public override SqlFault? Explain(DbException exception, DbConnection connection) => DriverNumber.Of(exception) switch
    {
        1017 or 1005 or 28000 or 28001 => SqlFault.Login,
        1031 or 1045 => SqlFault.Forbidden,
        12504 or 12505 or 12514 => SqlFault.NoDatabase,
        18 or 20 or 12516 or 12519 or 12520 => SqlFault.TooManyConnections,
        28 or 1012 or 1033 or 1034 or 1089 or 3113 or 3114 or 3135 => SqlFault.Unreachable,
        12154 or 12170 or 12537 or 12541 or 12543 or 12545 or 12547 or 12571 => SqlFault.Unreachable,
        54 or 30006 => SqlFault.Busy,
        60 or 8177 => SqlFault.Deadlock,
        1013 => SqlFault.Timeout,
        1653 or 1654 or 30036 => SqlFault.Full,
        1 or 1400 or 1407 or 2290 or 2291 or 2292 => SqlFault.Constraint,
        1401 or 1438 or 1722 or 1840 or 1843 or 1858 or 1861 or 12899 => SqlFault.Data,
        >= 900 and <= 999 or 1008 or 1036 or 4043 => SqlFault.Query,
        _ => SqlStates.Explain(exception.SqlState),
    };
}
