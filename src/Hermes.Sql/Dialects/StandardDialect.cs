using System.Data.Common;
using Hermes.Sql.Faults;

namespace Hermes.Sql.Dialects;

/// <summary>A database that is not known: standard quotes, <c>@name</c>, faults by SQLSTATE.</summary>
internal sealed class StandardDialect : Dialect
{
    public override SqlFault? Explain(DbException exception, DbConnection connection) => SqlStates.Explain(exception.SqlState);
}
