using System.Globalization;
using Hermes.Abstractions.Data;

namespace Hermes.Files.Sources.Csv;

/// <summary>Reads the text of a field as a value.</summary>
internal static class CsvValues
{
    // Tools write 1.0 once a column had a gap; a fraction other than zero is refused.
    private const NumberStyles Whole = NumberStyles.Integer | NumberStyles.AllowDecimalPoint;

    /// <summary>Reads a text as a value of a type.</summary>
    /// <returns>False if the text is not of that type.</returns>
    public static bool TryRead(string text, CsvColumnType type, DateFormats dates, out Value value)
    {
        switch (type)
        {
            case CsvColumnType.Integer when long.TryParse(text, Whole, CultureInfo.InvariantCulture, out var integer):
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
            case CsvColumnType.DateTime when dates.TryRead(text.Trim(), out var time):
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
}
