using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Hermes.Files.Sources.Excel;

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
