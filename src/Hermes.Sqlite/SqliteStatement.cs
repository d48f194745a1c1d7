using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hermes.Sqlite;

/// <summary>
/// A statement prepared once and run many times, at SQLite itself: the driver's parameters and readers cost more than the statements that
/// a state runs for every event. Parameters and columns are counted from 0. Not safe for several threads.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter + 1, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, long? value)
    {
        Check(value is { } known ? raw.sqlite3_bind_int64(_statement, parameter + 1, known) : raw.sqlite3_bind_null(_statement, parameter + 1));
        return this;
    }

    public SqliteStatement Bind(int parameter, double value)
    {
        Check(raw.sqlite3_bind_double(_statement, parameter + 1, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? text)
    {
        Check(text is null ? raw.sqlite3_bind_null(_statement, parameter + 1) : raw.sqlite3_bind_text(_statement, parameter + 1, text));
        return this;
    }

    /// <summary>Binds the bytes of a text in UTF-8 as a text.</summary>
    public SqliteStatement BindText(int parameter, ReadOnlySpan<byte> text)
    {
        // An empty span would be bound as NULL.
        Check(text.IsEmpty ? raw.sqlite3_bind_text(_statement, parameter + 1, "") : raw.sqlite3_bind_text(_statement, parameter + 1, text));
        return this;
    }

    public SqliteStatement Bind(int parameter, byte[]? blob)
    {
        // An empty span would be bound as NULL.
        Check(blob is null ? raw.sqlite3_bind_null(_statement, parameter + 1)
            : blob.Length == 0 ? raw.sqlite3_bind_zeroblob(_statement, parameter + 1, 0)
            : raw.sqlite3_bind_blob(_statement, parameter + 1, blob));
        return this;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <exception cref="SqliteFileException">SQLite failed.</exception>
    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
            Check(result);
    }

    /// <summary>Goes to the next row; at the end, the statement is ready to be run again.</summary>
    /// <exception cref="SqliteFileException">SQLite failed.</exception>
    public bool Read()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Leaves the rows that were not read.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>The bytes of a column, valid until the next row; empty for NULL.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        try
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
        catch (SqliteException exception)
        {
            throw SqliteFileException.From(exception, raw.sqlite3_db_filename(_database, "main").utf8_to_string());
        }
    }
}
