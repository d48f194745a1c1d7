using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>Translates the errors of SQLite into those of a server's state, in the words of an administrator.</summary>
internal static class ErrorTranslation
{
    /// <summary>Runs something with the state.</summary>
    /// <exception cref="ServerStateException">It failed: the disk is full, the file is damaged, and so on.</exception>
    public static TResult Translated<TResult>(this SqliteConnection connection, Func<TResult> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception)
        {
            throw Failure(SqliteFileException.From(exception, connection.DataSource));
        }
        catch (SqliteFileException exception)
        {
            throw Failure(exception);
        }
    }

    /// <inheritdoc cref="Translated{TResult}"/>
    public static void Translated(this SqliteConnection connection, Action action) => connection.Translated(() =>
    {
        action();
        return true;
    });

    private static ServerStateException Failure(SqliteFileException exception) => new(exception.Message, exception.Fault, exception);
}
