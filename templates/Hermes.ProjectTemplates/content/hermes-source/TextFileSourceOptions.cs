using System.ComponentModel.DataAnnotations;

namespace HermesSource;

/// <summary>The settings of the source, in code and in a configuration alike.</summary>
public sealed class TextFileSourceOptions
{
    /// <summary>The folder of the files.</summary>
    [Required]
    public string Folder { get; set; } = "";
}
