using System.ComponentModel.DataAnnotations;

namespace Hermes.Files.Sources.Csv;

/// <summary>The settings of a source of CSV files, of files with other delimiters, and of files with columns of fixed width.</summary>
public sealed class CsvSourceOptions : FileSourceOptions
{
    /// <summary>
    /// What separates the fields: one ASCII character. Default: a comma. A first line <c>sep=;</c>, as Excel writes it, goes before this setting.
    /// </summary>
    public char Delimiter { get; set; } = ',';

    /// <summary>How a field is written that holds a delimiter or a line break. Default: in quotes.</summary>
    public CsvQuoting Quoting { get; set; } = CsvQuoting.Quotes;

    /// <summary>
    /// The widths of the columns in characters, for a file whose columns have a fixed width and no delimiter. Blanks around a value do not count.
    /// Default: none, the file has delimiters.
    /// </summary>
    public IList<int> FieldWidths { get; } = [];

    /// <summary>Whether the first record holds the names of the columns. Default: true.</summary>
    public bool HasHeader { get; set; } = true;

    /// <summary>
    /// The names of the columns, in order. Needed for a file without a header; instead of the names in the header otherwise.
    /// </summary>
    public IList<string> Columns { get; } = [];

    /// <summary>The types of columns, by name. Default: text.</summary>
    public IDictionary<string, CsvColumnType> Types { get; } = new Dictionary<string, CsvColumnType>(StringComparer.Ordinal);

    /// <summary>How dates are written, as .NET format strings say it (<c>dd/MM/yyyy</c>), in all columns. Default: ISO 8601.</summary>
    public IList<string> Formats { get; } = [];

    /// <summary>How dates are written in single columns, by name, instead of <see cref="Formats"/>.</summary>
    public IDictionary<string, IList<string>> ColumnFormats { get; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    /// <summary>What an empty field means. Default: not set.</summary>
    public EmptyField EmptyFields { get; set; } = EmptyField.NotSet;

    /// <summary>Texts that mean "not set" where they are a whole field, such as <c>\N</c> or <c>NULL</c>. Default: none.</summary>
    public IList<string> NullTexts { get; } = [];

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (!HasHeader && Columns.Count == 0)
            yield return new("The file has no header, so set Columns to the names of its columns.", [nameof(Columns)]);
        if (!char.IsAscii(Delimiter) || Delimiter is '"' or '\r' or '\n')
            yield return new("The delimiter must be one ASCII character that is neither a quote nor a line break.", [nameof(Delimiter)]);
        if (FieldWidths.Any(width => width < 1))
            yield return new("The width of a column is at least one character.", [nameof(FieldWidths)]);
        if (FieldWidths.Count > 0 && Columns.Count > 0 && FieldWidths.Count != Columns.Count)
            yield return new($"There are {Columns.Count} columns and {FieldWidths.Count} widths. Give each column one.", [nameof(FieldWidths)]);
        if (Columns.Count > 0 && Types.Keys.FirstOrDefault(name => !Columns.Contains(name)) is { } unknown)
            yield return new($"There is no column '{unknown}'. {ColumnNames.Near(unknown, [.. Columns])}", [nameof(Types)]);
        foreach (var result in DateFormats.Validate(Formats, ColumnFormats, Types))
            yield return result;
    }
}
