using System.Globalization;
using CsvHelper;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources.Csv;

/// <summary>The columns of one CSV file: which of them are read, and how each becomes a value.</summary>
internal sealed class CsvColumns
{
    private readonly CsvSourceOptions _options;
    private readonly SourceFile _file;
    private readonly int _fields;
    private readonly Column[] _columns;
    private readonly RowColumns _names;

    /// <summary>Chooses the columns that have a name of their own. Others may be there as long as nobody asks for them.</summary>
    /// <exception cref="SourceException">Columns that are asked for have the same name, or a setting names a column that is not there.</exception>
    public CsvColumns(CsvSourceOptions options, SourceFile file, long headerLine, string[] names, IReadOnlyList<string> wanted)
    {
        _options = options;
        _file = file;
        _fields = names.Length;
        var several = names.CountBy(name => name, StringComparer.Ordinal).Where(name => name.Value > 1 && name.Key.Length > 0).Select(name => name.Key).ToHashSet();
        if (several.FirstOrDefault(name => wanted.Count == 0 || wanted.Contains(name, StringComparer.Ordinal)) is { } twice)
            throw file.Malformed(headerLine, $"Two columns are named '{twice}'. Set Columns to give them names of their own.");
        if (options.Types.Keys.Concat(options.ColumnFormats.Keys).FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw file.Malformed(headerLine, $"There is no column '{unknown}', which Types or ColumnFormats names. {ColumnNames.Near(unknown, names)}");

        _columns =
        [
            .. names.Select((name, index) => (name, index))
                .Where(column => column.name.Length > 0 && !several.Contains(column.name))
                .Select(column => Make(options, column.name, column.index)),
        ];
        _names = new RowColumns(_columns.Select(column => column.Name));
    }

    /// <summary>Whether a record holds nothing but delimiters.</summary>
    public static bool IsBlank(CsvReader csv)
    {
        for (var i = 0; i < csv.FieldCount; i++)
        {
            if (csv.GetRawSpan(i).Length > 0)
                return false;
        }

        return csv.FieldCount > 1;
    }

    /// <summary>The current record as a row.</summary>
    /// <exception cref="SourceException">It has other fields than the header, or a text that is not of its column's type.</exception>
    public SourceRow Read(CsvReader csv, long line)
    {
        RequireFields(csv.FieldCount, line);
        var values = new Value[_columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var column = _columns[i];
            var text = csv.GetString(column.Index);
            if (text.Length == 0)
                values[i] = IsText(csv, column) ? Value.From("") : Value.Null;
            else if (!IsNull(text) && !CsvValues.TryRead(text, column.Type, column.Dates, out values[i]))
                throw _file.Malformed(line, $"The column '{column.Name}' holds a text that is not of type {column.Type}.{Remedy(column)}");
        }

        return new SourceRow(_names, values);
    }

    /// <summary>A record of nothing but delimiters as a row.</summary>
    /// <exception cref="SourceException">It has other fields than the header.</exception>
    public SourceRow Blank(int fields, long line)
    {
        RequireFields(fields, line);
        return new SourceRow(
            _names, [.. _columns.Select(column => _options.EmptyFields == EmptyField.Text && column.Type == CsvColumnType.Text ? Value.From("") : Value.Null)]);
    }

    private void RequireFields(int fields, long line)
    {
        if (fields != _fields)
            throw _file.Malformed(line, string.Create(CultureInfo.InvariantCulture,
                $"The record has {fields} fields instead of {_fields}. Is the file cut off, or a delimiter not quoted?"));
    }

    private static Column Make(CsvSourceOptions options, string name, int index) => new(
        name,
        index,
        options.Types.TryGetValue(name, out var type) ? type : CsvColumnType.Text,
        new DateFormats(options.ColumnFormats.TryGetValue(name, out var formats) ? [.. formats] : [.. options.Formats]));

    private string Remedy(Column column) => column.Type == CsvColumnType.DateTime
        ? $" Dates are read {column.Dates}; set Formats, or ColumnFormats:{column.Name}, to the way in which they are written, such as dd/MM/yyyy."
        : "";

    private bool IsNull(string text) => _options.NullTexts.Count > 0 && _options.NullTexts.Contains(text);

    private bool IsText(CsvReader csv, Column column) => column.Type == CsvColumnType.Text && _options.EmptyFields switch
    {
        EmptyField.Text => true,
        EmptyField.TextIfQuoted => csv.GetRawSpan(column.Index).Length > 0,
        _ => false,
    };

    private sealed record Column(string Name, int Index, CsvColumnType Type, DateFormats Dates);
}
