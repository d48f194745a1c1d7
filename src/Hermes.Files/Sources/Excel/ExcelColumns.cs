using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Files.Sources.Csv;

namespace Hermes.Files.Sources.Excel;

/// <summary>The columns of one sheet: which of them are read, and how each cell becomes a value.</summary>
internal sealed class ExcelColumns
{
    // Beyond it, not every whole number has a double of its own.
    private const double LargestWhole = 9_007_199_254_740_992;

    private readonly SourceFile _file;
    private readonly Column[] _columns;
    private readonly RowColumns _names;

    /// <summary>Chooses the columns that have a name of their own in the sheet's current row.</summary>
    /// <exception cref="SourceException">Columns that are asked for have the same name, or a setting names a column that is not there.</exception>
    public ExcelColumns(ExcelSourceOptions options, SourceFile file, ExcelSheet sheet, IReadOnlyList<string> wanted)
    {
        _file = file;
        string[] names = [.. Enumerable.Range(0, sheet.Width).Select(i => Convert.ToString(sheet.Cell(i, "of the header"), CultureInfo.InvariantCulture)?.Trim() ?? "")];
        var several = names.CountBy(name => name, StringComparer.Ordinal).Where(name => name.Value > 1 && name.Key.Length > 0).Select(name => name.Key).ToHashSet();
        if (several.FirstOrDefault(name => wanted.Count == 0 || wanted.Contains(name, StringComparer.Ordinal)) is { } twice)
            throw file.Malformed("row", sheet.Row, $"Two columns are named '{twice}'. Give one of them another name.");
        if (options.Types.Keys.Concat(options.ColumnFormats.Keys).FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw file.Malformed(
                "row", sheet.Row, $"There is no column '{unknown}', which Types or ColumnFormats names. {ColumnNames.Near(unknown, [.. names.Where(name => name.Length > 0)])}");
        }

        _columns =
        [
            .. names.Select((name, index) => (name, index))
                .Where(column => column.name.Length > 0 && !several.Contains(column.name))
                .Select(column => new Column(
                    column.name,
                    column.index,
                    options.Types.TryGetValue(column.name, out var type) ? type : null,
                    new DateFormats(options.ColumnFormats.TryGetValue(column.name, out var formats) ? [.. formats] : [.. options.Formats]))),
        ];
        _names = new RowColumns(_columns.Select(column => column.Name));
    }

    /// <summary>The current row.</summary>
    /// <exception cref="SourceException">A cell is not of its column's type, or holds the error of a formula.</exception>
    public SourceRow Read(ExcelSheet sheet)
    {
        var values = new Value[_columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var column = _columns[i];
            values[i] = ValueOf(sheet.Cell(column.Index, column.Name), column)
                ?? throw _file.Malformed("row", sheet.Row, $"The column '{column.Name}' holds a value that is not of type {column.Type}.{Remedy(column)}");
        }

        return new SourceRow(_names, values);
    }

    private static Value? ValueOf(object? cell, Column column) => (cell, column.Type) switch
    {
        (null or "", _) => Value.Null,
        (string text, var type) => CsvValues.TryRead(text, type ?? CsvColumnType.Text, column.Dates, out var value) ? value : (Value?)null,
        (bool truth, null or CsvColumnType.Boolean) => truth,
        (bool truth, CsvColumnType.Text) => truth ? "true" : "false",
        (DateTime time, null or CsvColumnType.DateTime) => time,
        (DateTime time, CsvColumnType.Text) => Value.From(time).ToString(),
        (TimeSpan time, null or CsvColumnType.Text) => time.ToString("c", CultureInfo.InvariantCulture),
        (double or int, var type) => NumberOf(Convert.ToDouble(cell, CultureInfo.InvariantCulture), type),
        _ => null,
    };

    private static Value? NumberOf(double number, CsvColumnType? type)
    {
        var isWhole = double.IsInteger(number) && Math.Abs(number) <= LargestWhole;
        return type switch
        {
            null or CsvColumnType.Integer when isWhole => (long)number,
            null or CsvColumnType.Double => number,
            CsvColumnType.Decimal when Math.Abs(number) < (double)decimal.MaxValue => (decimal)number,
            CsvColumnType.Text => isWhole ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture),
            CsvColumnType.Boolean when number is 0 or 1 => number is 1,
            _ => null,
        };
    }

    private static string Remedy(Column column) => column.Type == CsvColumnType.DateTime
        ? $" Texts are read {column.Dates}; set Formats, or ColumnFormats:{column.Name}, to the way in which they are written, or give the cells the format of a date."
        : "";

    private sealed record Column(string Name, int Index, CsvColumnType? Type, DateFormats Dates);
}
