using System.ComponentModel.DataAnnotations;
using Hermes.Files.Sources.Csv;

namespace Hermes.Files.Sources.Excel;

/// <summary>The settings of a source of Excel workbooks (<c>.xlsx</c>).</summary>
public sealed class ExcelSourceOptions : FileSourceOptions
{
    /// <summary>The name of the sheet. Default: the first one.</summary>
    public string? Sheet { get; set; }

    /// <summary>The number of the row that holds the names of the columns; what is above it is not read. Default: 1.</summary>
    [Range(1, 1_048_576)]
    public int HeaderRow { get; set; } = 1;

    /// <summary>
    /// The types of columns, by name. Default: that of each cell: text, a number (an integer if it is whole), a date, true or false. A column of
    /// <see cref="CsvColumnType.Text"/> has its numbers as their digits.
    /// </summary>
    public IDictionary<string, CsvColumnType> Types { get; } = new Dictionary<string, CsvColumnType>(StringComparer.Ordinal);

    /// <summary>How dates are written that are texts, as .NET format strings say it, in all columns. Default: ISO 8601.</summary>
    public IList<string> Formats { get; } = [];

    /// <summary>How dates that are texts are written in single columns, by name, instead of <see cref="Formats"/>.</summary>
    public IDictionary<string, IList<string>> ColumnFormats { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (Completeness == FileCompleteness.Trailer)
            yield return new("A workbook has no trailer: it cannot be opened unless it is whole. Choose another way.", [nameof(Completeness)]);
        foreach (var result in DateFormats.Validate(Formats, ColumnFormats, Types))
            yield return result;
    }
}
