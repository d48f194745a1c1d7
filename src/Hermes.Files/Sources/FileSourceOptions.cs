using System.ComponentModel.DataAnnotations;

namespace Hermes.Files.Sources;

/// <summary>The settings that all sources of files share.</summary>
public abstract class FileSourceOptions : IValidatableObject
{
    /// <summary>
    /// The file; or a folder, in which case the query of each data type names the file in it. The name of a file may be a pattern
    /// (<c>people-*.csv</c>): all files that it finds are read, in the order of their names.
    /// </summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>
    /// The encoding of the text: <c>utf-8</c> (default), <c>iso-8859-1</c>, <c>windows-1252</c>, ... Bytes that do not fit it are an error.
    /// </summary>
    [Required]
    public string Encoding { get; set; } = "utf-8";

    /// <summary>Whether the file is compressed. Default: with gzip if its name ends with <c>.gz</c>.</summary>
    public FileCompression Compression { get; set; } = FileCompression.Auto;

    /// <summary>How a file proves that all of it is there. Default: it was moved into place whole.</summary>
    public FileCompleteness Completeness { get; set; } = FileCompleteness.MovedIntoPlace;

    /// <summary>The text that marks the last record, for <see cref="FileCompleteness.Trailer"/>.</summary>
    public string? Trailer { get; set; }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Completeness == FileCompleteness.Trailer && string.IsNullOrEmpty(Trailer))
            yield return new("Completeness is Trailer, so set Trailer to the text that marks the last record.", [nameof(Trailer)]);
        if (TextEncoding.Find(Encoding) is null)
            yield return new($"The encoding '{Encoding}' is unknown.", [nameof(Encoding)]);
    }
}
