using System.Globalization;
using Hermes.Abstractions.Data;

namespace Hermes.Sql.Source;

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

    /// <summary>Reads a date. With an offset it becomes UTC.</summary>
    /// <exception cref="UnsupportedValueException">The text is not a date in ISO 8601.</exception>
    public static Value Read(string text) =>
        DateTime.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault, out var date)
            ? date
            : throw new UnsupportedValueException(
                typeof(DateTime), "The column is declared to hold dates, and this is a text that is not a date in ISO 8601. Set DeclaredDates to false to read texts.");
}
