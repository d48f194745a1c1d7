using System.ComponentModel.DataAnnotations;

namespace HermesTarget;

/// <summary>The settings of the target, in code and in a configuration alike.</summary>
public sealed class TextFileTargetOptions
{
    /// <summary>The folder. It is made if it is not there.</summary>
    [Required]
    public string Folder { get; set; } = "";
}
