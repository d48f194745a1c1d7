using System.Data.Common;
using System.Text;
using Hermes.Abstractions.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hermes.Sql.Source;

/// <summary>
/// Reads the columns of SQLite, each of which may hold a value of any type. The driver's own getters ask for the type of a value up to three times
/// and box numbers; going to the statement below them costs less than half. They also put another character in the place of bytes that are no text.
/// </summary>
internal static class SqliteColumns
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A reader of a column, or null if this is not Microsoft.Data.Sqlite.</summary>
    public static ColumnReader? Of(DbDataReader reader, int ordinal, ReadingRules rules)
    {
        if (reader is not SqliteDataReader { Handle: { } statement })
            return null;
        return rules.DeclaredDates && SqliteDates.IsDeclared(raw.sqlite3_column_decltype(statement, ordinal).utf8_to_string())
            ? (_, i) => raw.sqlite3_column_type(statement, i) == raw.SQLITE_TEXT ? SqliteDates.Read(Text(statement, i)) : Read(statement, i)
            : (_, i) => Read(statement, i);
    }

    private static Value Read(sqlite3_stmt statement, int ordinal) => raw.sqlite3_column_type(statement, ordinal) switch
    {
        raw.SQLITE_TEXT => Text(statement, ordinal),
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, ordinal),
        raw.SQLITE_FLOAT => DriverValues.Finite(raw.sqlite3_column_double(statement, ordinal)),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, ordinal).ToArray(),
        _ => Value.Null,
    };

    // For a text, the bytes of a blob are its bytes.
    private static string Text(sqlite3_stmt statement, int ordinal)
    {
        try
        {
            return Strict.GetString(raw.sqlite3_column_blob(statement, ordinal));
        }
        catch (DecoderFallbackException)
        {
            throw new UnsupportedValueException(typeof(string), "It holds bytes that are no text in UTF-8. Mend the row, or read them as bytes: CAST(... AS BLOB).");
        }
    }
}
