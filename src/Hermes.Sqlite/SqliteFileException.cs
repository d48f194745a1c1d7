using Hermes.Abstractions;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite;

/// <summary>A database file cannot be used: foreign, damaged, of a newer version, not accessible. The message says which and what to do.</summary>
public sealed class SqliteFileException : Exception
{
    /// <summary>Makes an exception.</summary>
    public SqliteFileException(string message, FaultKind fault, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Whether trying the same again may help.</summary>
    public FaultKind Fault { get; }

    /// <summary>Says in the words of an administrator what SQLite reports about a file.</summary>
    internal static SqliteFileException From(SqliteException exception, string path) =>
        exception.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_NOTADB => new(
                $"The file {path} is not a database. Give another path, or move the file away.", FaultKind.Permanent, exception),
            SQLitePCL.raw.SQLITE_CORRUPT => new(
                $"The database file {path} is damaged ({exception.Message}). Stop everything that uses it and restore it from a backup; "
                + "without one, move it away so that a new one is made.",
                FaultKind.Permanent,
                exception),
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => new(
                $"The database file {path} is locked by another program for too long. Find out which one holds it open.", FaultKind.Transient, exception),
            SQLitePCL.raw.SQLITE_FULL => new(
                $"There is no space left for the database file {path}. Free space on its disk.", FaultKind.Transient, exception),
            SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM => new(
                $"The database file {path} cannot be opened for writing. Check that its folder exists and that this account may write both.",
                FaultKind.Permanent,
                exception),
            SQLitePCL.raw.SQLITE_IOERR => new($"The disk failed on the database file {path}: {exception.Message}.", FaultKind.Transient, exception),
            _ => new($"The database file {path} failed: {exception.Message}.", FaultKind.Permanent, exception),
        };
}
