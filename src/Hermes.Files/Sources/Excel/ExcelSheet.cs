using System.Globalization;
using System.Text;
using ExcelDataReader;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources.Excel;

/// <summary>One sheet of a workbook, row by row. What the library throws is told with file and row.</summary>
internal sealed class ExcelSheet : IDisposable
{
    private readonly SourceFile _file;
    private readonly IExcelDataReader _reader;
    private readonly IReadOnlySet<string> _errors;

    // The library asks for a code page of old workbooks, also where it reads none.
    static ExcelSheet() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private ExcelSheet(SourceFile file, IExcelDataReader reader, IReadOnlySet<string> errors) => (_file, _reader, _errors) = (file, reader, errors);

    /// <summary>The number of the current row, from 1; 0 before the first.</summary>
    public int Row { get; private set; }

    /// <summary>How many cells the rows have.</summary>
    public int Width => _reader.FieldCount;

    /// <summary>Whether the current row has no value.</summary>
    public bool IsBlank => Enumerable.Range(0, Width).All(i => _reader.GetValue(i) is null or "" && !IsError(i));

    /// <summary>Opens the sheet of a name, or the first one.</summary>
    /// <exception cref="SourceException">It is no workbook, or has no such sheet.</exception>
    public static async Task<ExcelSheet> OpenAsync(SourceFile file, string? name, CancellationToken cancellationToken)
    {
        // A workbook is an archive whose directory is at its end, so it must be there as a whole.
        var content = new MemoryStream();
        await file.Content.CopyToAsync(content, cancellationToken);
        content.Position = 0;
        var reader = Guarded(file, 0, () => ExcelReaderFactory.CreateOpenXmlReader(content));
        var names = new List<string>();
        do
        {
            if (name is null || string.Equals(reader.Name, name, StringComparison.OrdinalIgnoreCase))
                return new ExcelSheet(file, reader, Guarded(file, 0, () => FormulaErrors.In(new MemoryStream(content.ToArray()), reader.Name)));
            names.Add(reader.Name);
        }
        while (Guarded(file, 0, reader.NextResult));

        reader.Dispose();
        throw new SourceException($"{file.Subject}: there is no sheet '{name}'. {ColumnNames.Near(name!, names)}", FaultKind.Permanent);
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False behind the last one.</returns>
    public bool Next()
    {
        Row++;
        return Guarded(_file, Row, _reader.Read);
    }

    /// <summary>A cell: a text, a number, a date, a time, true or false; null if it is empty.</summary>
    /// <exception cref="SourceException">It holds an error of a formula.</exception>
    public object? Cell(int index, string column) => IsError(index)
        ? throw _file.Malformed("row", Row, $"The column '{column}' holds the error of a formula, such as #N/A. Correct the sheet.")
        : _reader.GetValue(index);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private bool IsError(int index) => _errors.Count > 0 && _errors.Contains(string.Create(CultureInfo.InvariantCulture, $"{FormulaErrors.Letters(index)}{Row}"));

    private static T Guarded<T>(SourceFile file, int row, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (!SourceFile.IsUnreadable(failure))
        {
            // The library's own message may quote a cell.
            throw file.Malformed("row", row, $"It cannot be read as a workbook of the form .xlsx ({failure.GetType().Name}). Save it anew, without a password.");
        }
    }
}
