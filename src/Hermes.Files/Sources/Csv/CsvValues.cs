using System.Globalization;
using Hermes.Abstractions.Data;

namespace Hermes.Files.Sources.Csv;

/// <summary>Reads the text of a field as a value.</summary>
internal static class CsvValues
{
    /// <summary>Reads a text as a value of a type.</summary>
    /// <returns>False if the text is not of that type.</returns>
    public static bool TryRead(string text, CsvColumnType type, string? dateTimeFormat, out Value value)
    {
        switch (type)
        {
            case CsvColumnType.Integer when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var integer):
                value = integer;
                return true;
            case CsvColumnType.Double when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                value = number;
                return true;
            case CsvColumnType.Decimal when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact):
                value = exact;
                return true;
            case CsvColumnType.Boolean when ReadBoolean(text.Trim()) is { } truth:
                value = truth;
                return true;
            case CsvColumnType.DateTime when ReadDateTime(text.Trim(), dateTimeFormat) is { } time:
                value = time;
                return true;
            default:
                value = text;
                return type == CsvColumnType.Text;
        }
    }

    private static bool? ReadBoolean(string text) => text switch
    {
        "1" => true,
        "0" => false,
        _ => bool.TryParse(text, out var truth) ? truth : null,
    };

    private static DateTime? ReadDateTime(string text, string? format)
    {
        const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal;
        var isRead = format is null
            ? DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time) && text.Length >= 8 && char.IsAsciiDigit(text[3])
            : DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Utc, out time);
        return isRead ? time : null;
    }
}
