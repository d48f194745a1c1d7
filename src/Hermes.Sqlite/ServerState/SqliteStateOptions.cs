using System.ComponentModel.DataAnnotations;

namespace Hermes.Sqlite.ServerState;

/// <summary>The settings of a server state in a SQLite file.</summary>
public sealed class SqliteStateOptions
{
    /// <summary>The path of the file. Must be set.</summary>
    [Required]
    public string Path { get; set; } = "";
}
