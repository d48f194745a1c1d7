using System.ComponentModel.DataAnnotations;

namespace ThirdParty.Bus;

/// <summary>The settings of a bus in a folder.</summary>
public sealed class FolderBusOptions
{
    /// <summary>The folder, which server and clients share. Made if it does not exist.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>How often a client at the end looks for new messages. Default: a tenth of a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(100);
}
