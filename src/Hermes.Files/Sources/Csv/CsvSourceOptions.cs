using System.ComponentModel.DataAnnotations;

namespace Hermes.Files.Sources.Csv;

/// <summary>The settings of a source of CSV files.</summary>
public sealed class CsvSourceOptions : FileSourceOptions
{
    /// <summary>What separates the fields: one ASCII character. Default: a comma.</summary>
    public char Delimiter { get; set; } = ',';

    /// <summary>Whether the first record holds the names of the columns. Default: true.</summary>
    public bool HasHeader { get; set; } = true;

    /// <summary>
    /// The names of the columns, in order. Needed for a file without a header; instead of the names in the header otherwise.
    /// </summary>
    public IList<string> Columns { get; } = [];

    /// <summary>The types of columns, by name. Default: text.</summary>
    public IDictionary<string, CsvColumnType> Types { get; } = new Dictionary<string, CsvColumnType>(StringComparer.Ordinal);

    /// <summary>How dates are written, as .NET format strings say it (<c>dd/MM/yyyy</c>). Default: ISO 8601.</summary>
    public string? DateTimeFormat { get; set; }

    /// <summary>What an empty field means. Default: not set.</summary>
    public EmptyField EmptyFields { get; set; } = EmptyField.NotSet;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext))
            yield return result;
        if (!HasHeader && Columns.Count == 0)
            yield return new("The file has no header, so set Columns to the names of its columns.", [nameof(Columns)]);
        if (!char.IsAscii(Delimiter) || Delimiter is '"' or '\r' or '\n')
            yield return new("The delimiter must be one ASCII character that is neither a quote nor a line break.", [nameof(Delimiter)]);
    }
}
