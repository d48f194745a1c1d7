namespace Hermes.Sqlite;

/// <summary>What a database file of Hermes holds, how it is told from another, and how its tables came to be.</summary>
/// <param name="Holds">What it holds, to complete "is not a ...": <c>message bus of Hermes</c>.</param>
/// <param name="ApplicationId">Written into the header of the file (SQLite's <c>application_id</c>).</param>
/// <param name="Versions">The script of each version; a file of version n gets the scripts after the n-th. Never edited once released, only added to.</param>
internal sealed record SqliteFormat(string Holds, int ApplicationId, params IReadOnlyList<string> Versions)
{
    /// <summary>
    /// The table by which a file of another program without <c>application_id</c> is known as one to be taken over, or null if none is.
    /// The first script must then work with that table there.
    /// </summary>
    public string? TakesOverTable { get; init; }

    /// <summary>How much of the file is held in memory while it is open; 2 MB by default.</summary>
    public int CacheMegabytes { get; init; } = 2;
}
