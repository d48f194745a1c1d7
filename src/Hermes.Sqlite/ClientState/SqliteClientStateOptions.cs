using System.ComponentModel.DataAnnotations;

namespace Hermes.Sqlite.ClientState;

/// <summary>Where the state of a client is kept.</summary>
public sealed class SqliteClientStateOptions
{
    /// <summary>
    /// The path of the file. Beside it lie a lock file, with the extension <c>.calls</c> the journal of calls since the last commit and, with the extension
    /// <c>.key</c>, the key that protects secret values.
    /// </summary>
    [Required]
    public string Path { get; set; } = "";
}
