using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
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

/// <summary>
/// Finds the cells of a sheet that hold the error of a formula (ECMA-376, part 1, 18.3.1.4: cells of type <c>e</c>). The library takes them for empty, and an
/// empty cell means that the attribute is not set.
/// </summary>
internal static class FormulaErrors
{
    private const string Parts = "xl/";

    /// <summary>The places of the cells, such as <c>B3</c>.</summary>
    /// <exception cref="InvalidDataException">A part of the workbook is not where it should be.</exception>
    public static IReadOnlySet<string> In(Stream workbook, string sheet)
    {
        using var archive = new ZipArchive(workbook, ZipArchiveMode.Read, leaveOpen: true);
        var id = Elements(archive, Parts + "workbook.xml").FirstOrDefault(element => Named(element, "sheet") && Text(element, "name") == sheet) is { } listed
            ? Text(listed, "id")
            : null;
        var target = Elements(archive, Parts + "_rels/workbook.xml.rels").FirstOrDefault(element => Text(element, "Id") == id) is { } related ? Text(related, "Target") : null;
        if (id is null || target is null)
            throw new InvalidDataException();
        using var cells = XmlReader.Create(Open(archive, target.StartsWith('/') ? target[1..] : Parts + target));
        var places = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (cells.Read())
        {
            if (cells is { NodeType: XmlNodeType.Element, LocalName: "c" } && cells.GetAttribute("t") == "e" && cells.GetAttribute("r") is { } place)
                places.Add(place);
        }

        return places;
    }

    /// <summary>The letters of a column: <c>A</c> for the first, <c>AA</c> for the twenty-seventh.</summary>
    public static string Letters(int column) => (column < 26 ? "" : Letters((column / 26) - 1)) + (char)('A' + (column % 26));

    private static IEnumerable<XElement> Elements(ZipArchive archive, string part)
    {
        using var content = Open(archive, part);
        return XDocument.Load(content).Descendants();
    }

    private static Stream Open(ZipArchive archive, string part) => archive.GetEntry(part)?.Open() ?? throw new InvalidDataException();

    private static bool Named(XElement element, string name) => element.Name.LocalName == name;

    // Of either name space: transitional and strict workbooks differ in them.
    private static string? Text(XElement element, string attribute) => element.Attributes().FirstOrDefault(found => found.Name.LocalName == attribute)?.Value;
}
