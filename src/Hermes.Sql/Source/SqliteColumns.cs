using System.Data.Common;
using Hermes.Abstractions.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hermes.Sql.Source;

/// <summary>
/// Reads the columns of SQLite, each of which may hold a value of any type. The driver's own getters ask for the type of a value up to three times
/// and box numbers; going to the statement below them costs less than half.
/// </summary>
internal static class SqliteColumns
{
    /// <summary>A reader of columns, or null if this is not Microsoft.Data.Sqlite.</summary>
    public static ColumnReader? Of(DbDataReader reader) =>
        reader is SqliteDataReader { Handle: { } statement } ? (_, ordinal) => Read(statement, ordinal) : null;

    private static Value Read(sqlite3_stmt statement, int ordinal) => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, ordinal).utf8_to_string(),
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
        raw.SQLITE_FLOAT => DriverValues.Finite(raw.sqlite3_column_double(statement, ordinal)),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, ordinal).ToArray(),
        _ => Value.Null,
    };
}
