using Hermes.Abstractions;
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

    /// <summary>Checks, inside a transaction that has the right to write, that nobody opened the state since.</summary>
    /// <exception cref="ServerStateException">Somebody did.</exception>
    public static void Check(this StateTerm term, SqliteConnection connection)
    {
        if (term.IsLast)
            return;
        term.Lose();
        throw new ServerStateException(
            $"Another server took over the state {connection.DataSource}. Stop one of the two, or give it a state of its own.", FaultKind.Permanent);
    }

    /// <summary>A failure of the file as one of the state.</summary>
    public static ServerStateException Failure(SqliteFileException exception) => new(exception.Message, exception.Fault, exception);
}
