using Hermes.Abstractions.Buses;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hermes.Sqlite.Bus;

/// <summary>
/// The insert of one message, prepared once. It binds the body's bytes as text at SQLite itself: through the driver they would have to become a
/// string and bytes again, which costs more than the insert.
/// </summary>
internal sealed class SqliteBusInsert : IDisposable
{
    private const string Sql =
        """
        INSERT INTO hermesmessages (data, timestamp, id, category, headers) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (id) WHERE id IS NOT NULL DO NOTHING
        """;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly SqliteBusHeaders headers = new();

    public SqliteBusInsert(SqliteConnection connection)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, Sql, out statement));
    }

    /// <summary>Inserts a message, or does nothing if one with its id is there.</summary>
    /// <exception cref="SqliteException">SQLite failed.</exception>
    public void Run(BusMessage message, double time)
    {
        Check(message.Body.IsEmpty
            ? raw.sqlite3_bind_text(statement, 1, "") // an empty span would be bound as NULL
            : raw.sqlite3_bind_text(statement, 1, message.Body.Span));
        Check(raw.sqlite3_bind_double(statement, 2, time));
        Check(message.Id is { } id ? raw.sqlite3_bind_text(statement, 3, id) : raw.sqlite3_bind_null(statement, 3));
        Check(raw.sqlite3_bind_text(statement, 4, message.Category));
        Check(message.Headers.Count > 0
            ? raw.sqlite3_bind_text(statement, 5, headers.Write(message.Headers))
            : raw.sqlite3_bind_null(statement, 5));
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
    }

    public void Dispose() => statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
