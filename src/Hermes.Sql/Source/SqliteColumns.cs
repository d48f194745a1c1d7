using System.Data.Common;
using System.Globalization;
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

/// <summary>Dates of SQLite, which are texts in columns that are declared to hold dates.</summary>
internal static class SqliteDates
{
    // ISO 8601 as SQLite's own functions, Microsoft's driver and Python's write it.
    private static readonly string[] Formats =
    [
        .. from separator in new[] { " ", "'T'" }
           from time in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" }
           from zone in new[] { "", "K", "zzz" }
           select $"yyyy-MM-dd{separator}{time}{zone}",
        "yyyy-MM-dd",
    ];

    /// <summary>Whether a declared type says that the column holds dates: <c>date</c>, <c>datetime</c> or <c>timestamp</c>, with whatever behind it.</summary>
    public static bool IsDeclared(string? type)
    {
        var word = type.AsSpan().Trim();
        var end = word.IndexOfAny(' ', '(');
        word = end < 0 ? word : word[..end];
        return word.Equals("date", StringComparison.OrdinalIgnoreCase)
            || word.Equals("datetime", StringComparison.OrdinalIgnoreCase)
            || word.Equals("timestamp", StringComparison.OrdinalIgnoreCase)
            || word.Equals("timestamptz", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a date in ISO 8601. With an offset it becomes UTC.</summary>
    public static bool TryRead(string text, out DateTime date) => DateTime.TryParseExact(
        text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault, out date);

    /// <summary>Reads a date. With an offset it becomes UTC.</summary>
    /// <exception cref="UnsupportedValueException">The text is not a date in ISO 8601.</exception>
    public static Value Read(string text) =>
        TryRead(text, out var date)
            ? date
            : throw new UnsupportedValueException(
                typeof(DateTime), "The column is declared to hold dates, and this is a text that is not a date in ISO 8601. Set DeclaredDates to false to read texts.");
}
