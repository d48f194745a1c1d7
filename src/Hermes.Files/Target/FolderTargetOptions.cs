using System.ComponentModel.DataAnnotations;

namespace Hermes.Files.Target;

/// <summary>The settings of a folder that is kept in step.</summary>
public sealed class FolderTargetOptions
{
    /// <summary>The folder. Made if it does not exist.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>What happens to the file of an entry that goes to the trashbin. Default: it moves to a folder <c>trash</c>.</summary>
    public TrashedFiles Trashed { get; set; } = TrashedFiles.Move;

    /// <summary>
    /// Whether only the owner of this process may read the files and folders that are made (not on Windows). Default: true.
    /// </summary>
    public bool OwnerOnly { get; set; } = true;

    /// <summary>Whether the values of secret attributes are written into the files, as plain text. Default: false.</summary>
    public bool WriteSecrets { get; set; }
}
