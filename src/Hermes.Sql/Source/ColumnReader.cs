using System.Data.Common;
using Hermes.Abstractions.Data;

namespace Hermes.Sql.Source;

/// <summary>Reads one column of the current row. Chosen once per column and read.</summary>
internal delegate Value ColumnReader(DbDataReader reader, int ordinal);
