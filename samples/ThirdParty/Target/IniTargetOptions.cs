using System.ComponentModel.DataAnnotations;

namespace ThirdParty.Target;

/// <summary>The settings of a folder of INI files.</summary>
public sealed class IniTargetOptions
{
    /// <summary>The folder. Made if it does not exist when the client starts.</summary>
    [Required]
    public string Folder { get; set; } = "";
}
