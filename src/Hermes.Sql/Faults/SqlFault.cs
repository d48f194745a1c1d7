using Hermes.Abstractions;

namespace Hermes.Sql.Faults;

/// <summary>What went wrong, in words for an administrator, and whether trying again may help.</summary>
/// <param name="Kind">Whether trying again may help.</param>
/// <param name="Text">What is wrong and what to do.</param>
internal sealed record SqlFault(FaultKind Kind, string Text)
{
    public static SqlFault Unreachable { get; } = new(FaultKind.Transient,
        "The database cannot be reached, or the connection broke. Check the host name, the port, the network and whether the server runs.");

    public static SqlFault Timeout { get; } = new(FaultKind.Transient,
        "The database did not answer in time. Check its load and the query, or raise CommandTimeout.");

    public static SqlFault Busy { get; } = new(FaultKind.Transient, "The data is locked by another session.");

    public static SqlFault Deadlock { get; } = new(FaultKind.Transient, "The transaction was ended in favour of a concurrent one.");

    public static SqlFault TooManyConnections { get; } = new(FaultKind.Transient, "The database takes no more connections now.");

    public static SqlFault Full { get; } = new(FaultKind.Transient, "The database has no space left. Make room on its disk.");

    public static SqlFault Login { get; } = new(FaultKind.Permanent,
        "The database refused the user or the password. Correct the connection string, or the account.");

    public static SqlFault NoDatabase { get; } = new(FaultKind.Permanent,
        "There is no such database on the server. Correct the connection string.");

    public static SqlFault Forbidden { get; } = new(FaultKind.Permanent, "The user has no right to do this. Grant it.");

    public static SqlFault Query { get; } = new(FaultKind.Permanent,
        "The database does not accept the query. Check its syntax and the names of tables, columns and variables.");

    public static SqlFault Constraint { get; } = new(FaultKind.Permanent,
        "A constraint of the database was violated (a key, a reference, a column that must be set, or a check).");

    public static SqlFault Data { get; } = new(FaultKind.Permanent, "A value does not fit its column (its type, its range or its length).");

    public static SqlFault NoSnapshot { get; } = new(FaultKind.Permanent,
        "The database does not allow snapshots. Run ALTER DATABASE ... SET ALLOW_SNAPSHOT_ISOLATION ON, or set ConsistentRead to false.");

    public static SqlFault Unknown { get; } = new(FaultKind.Permanent, "The database reported an error.");

    public static SqlFault Driver { get; } = new(FaultKind.Permanent,
        "The driver of the database failed. See whether its settings and its version fit the database, and convert unusual columns in the query (CAST ... AS ...).");

    public static SqlFault UnknownTransient { get; } = new(FaultKind.Transient, "The database reported an error that may pass.");

    public static SqlFault MissingFile(string path) => new(FaultKind.Permanent,
        $"The database file '{path}' does not exist. Correct the path; the file is never created.");

    public static SqlFault UnreadableFile(string path) => new(FaultKind.Permanent,
        $"The database file '{path}' cannot be opened. Check the rights on the file and its folder.");

    public static SqlFault NotADatabase(string path) => new(FaultKind.Permanent, $"The file '{path}' is not a database, or is damaged.");
}
