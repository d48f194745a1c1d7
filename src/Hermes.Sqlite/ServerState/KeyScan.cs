using Hermes.Diff.Diffing;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hermes.Sqlite.ServerState;

/// <summary>
/// Reads the keys of a type at the statement itself: a server reads all of them when it starts, and the driver would make two arrays for each.
/// </summary>
internal static class KeyScan
{
    public static IEnumerable<StoredKey> Read(SqliteConnection connection, TypeTable table)
    {
        var database = connection.Handle ?? throw new ObjectDisposedException(nameof(connection));
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_prepare_v2(database, $"SELECT id, key_hash, fingerprint FROM {table.Table} ORDER BY id", out var statement), database);
        using (statement)
        {
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                yield return new StoredKey(
                    raw.sqlite3_column_int64(statement, 0),
                    KeyHash.Read(raw.sqlite3_column_blob(statement, 1)),
                    Fingerprint.Read(raw.sqlite3_column_blob(statement, 2)));
            }

            if (code != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(code, database);
        }
    }
}
