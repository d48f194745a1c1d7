using Hermes.Abstractions.Buses;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Bus;

/// <summary>The file of the bus: its tables, and how its failures are told.</summary>
/// <remarks>
/// The table and its first three columns are those of the original program, whose servers may write into the same file. So ours have no
/// constraint that its <c>INSERT (data, timestamp)</c> would violate, and the trigger sees its deletions too.
/// </remarks>
internal static class SqliteBusFile
{
    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS hermesmessages (msgid INTEGER PRIMARY KEY AUTOINCREMENT, data TEXT NOT NULL, timestamp REAL NOT NULL);
        ALTER TABLE hermesmessages ADD COLUMN id TEXT;
        ALTER TABLE hermesmessages ADD COLUMN category TEXT;
        ALTER TABLE hermesmessages ADD COLUMN headers TEXT;
        CREATE UNIQUE INDEX hermesmessages_id ON hermesmessages (id) WHERE id IS NOT NULL;

        CREATE TABLE hermesretention (removed INTEGER NOT NULL);
        INSERT INTO hermesretention SELECT coalesce(
            (SELECT min(msgid) - 1 FROM hermesmessages), (SELECT seq FROM sqlite_sequence WHERE name = 'hermesmessages'), 0);
        CREATE TRIGGER hermesmessages_removed AFTER DELETE ON hermesmessages
            BEGIN UPDATE hermesretention SET removed = OLD.msgid WHERE removed < OLD.msgid; END;
        """;

    // Tells the file from one that is made in its place.
    private const string Incarnation =
        """
        CREATE TABLE hermesbus (incarnation TEXT NOT NULL);
        INSERT INTO hermesbus VALUES (lower(hex(randomblob(16))));
        """;

    private static readonly SqliteFormat Format =
        new("message bus of Hermes", 0x48425553, Tables, Incarnation) { TakesOverTable = "hermesmessages" };

    public static SqliteConnection OpenWriter(string path) => TranslateErrors(path, () => SqliteDatabase.Open(path, Format));

    public static SqliteConnection OpenReader(string path) => TranslateErrors(path, () => SqliteDatabase.OpenReader(path, Format));

    /// <summary>Runs something with the file; its failures become those of a bus.</summary>
    /// <exception cref="BusException">It failed.</exception>
    public static TResult TranslateErrors<TResult>(string path, Func<TResult> action, Func<int>? confirmed = null)
    {
        try
        {
            return action();
        }
        catch (SqliteFileException exception)
        {
            throw Failure(exception, confirmed);
        }
        catch (SqliteException exception)
        {
            throw Failure(SqliteFileException.From(exception, Path.GetFullPath(path)), confirmed);
        }
    }

    private static BusException Failure(SqliteFileException exception, Func<int>? confirmed) =>
        new("The message bus failed. " + exception.Message, exception.Fault, exception) { Confirmed = confirmed?.Invoke() ?? 0 };
}
