using System.ComponentModel.DataAnnotations;

namespace Hermes.Sqlite.ClientState;

/// <summary>Where the state of a client is kept.</summary>
public sealed class SqliteClientStateOptions
{
    /// <summary>
    /// The path of the file. Beside it lie a lock file and, with the extension <c>.key</c>, the key that protects secret values.
    /// </summary>
    [Required]
    public string Path { get; set; } = "";
}
