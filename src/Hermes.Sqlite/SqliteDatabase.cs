using System.Globalization;
using Hermes.Abstractions;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite;

/// <summary>
/// Opens the database files of Hermes: one place for durability (WAL, <c>synchronous=FULL</c>), for permissions, and for the refusal of files that
/// are foreign, damaged or of a newer version.
/// </summary>
internal static class SqliteDatabase
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Opens a connection, making the file and bringing its tables to the newest version.</summary>
    /// <param name="path">The path of the file; its folder is made if missing, both for their owner only.</param>
    /// <param name="format">What the file must hold.</param>
    /// <exception cref="SqliteFileException">The file cannot be used.</exception>
    public static SqliteConnection Open(string path, SqliteFormat format)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = Path.GetFullPath(path);
        SqliteConnection? connection = null;
        try
        {
            SqliteFileGuard.CreateIfMissing(file);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = (int)BusyTimeout.TotalSeconds,
            }.ToString());
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout={(int)BusyTimeout.TotalMilliseconds}");
            Check(connection, file, format);
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000; PRAGMA temp_store=MEMORY");
            connection.Execute($"PRAGMA cache_size={-1024 * format.CacheMegabytes}");
            Upgrade(connection, format);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection?.Dispose();
            throw SqliteFileException.From(exception, file);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Opens one more connection that only reads, beside a writer of this or another process.</summary>
    /// <exception cref="SqliteFileException">The file cannot be used.</exception>
    public static SqliteConnection OpenReader(string path, SqliteFormat format)
    {
        var connection = Open(path, format);
        connection.Execute("PRAGMA query_only=1");
        return connection;
    }

    /// <summary>Reads the whole file and throws if a page of it is damaged. Takes about a second per gigabyte.</summary>
    /// <exception cref="SqliteFileException">It is damaged; names the first thing found.</exception>
    public static void CheckPages(this SqliteConnection connection)
    {
        string finding;
        try
        {
            finding = (string)connection.Scalar("PRAGMA quick_check(1)")!;
        }
        catch (SqliteException exception)
        {
            throw SqliteFileException.From(exception, connection.DataSource);
        }

        if (finding != "ok")
            throw SqliteFileException.From(new SqliteException(finding, SQLitePCL.raw.SQLITE_CORRUPT), connection.DataSource);
    }

    /// <summary>Runs statements that give no result.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a query for one value; null when there is none.</summary>
    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private static void Check(SqliteConnection connection, string file, SqliteFormat format)
    {
        var application = Number(connection, "PRAGMA application_id");
        if (application == format.ApplicationId)
        {
            var version = Number(connection, "PRAGMA user_version");
            if (version > format.Versions.Count)
            {
                throw new SqliteFileException(
                    $"The {format.Holds} {file} was written by a newer version of Hermes (format {version}; this one knows {format.Versions.Count}). Update Hermes.",
                    FaultKind.Permanent);
            }
        }
        else if (application != 0 || !IsEmptyOrTakenOver(connection, format))
        {
            throw new SqliteFileException(
                $"The database {file} is not a {format.Holds}: it belongs to something else. Give another path, or move the file away.", FaultKind.Permanent);
        }
    }

    private static bool IsEmptyOrTakenOver(SqliteConnection connection, SqliteFormat format)
    {
        if (Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
            return true;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $table";
        command.Parameters.AddWithValue("$table", format.TakesOverTable ?? "");
        return (long)command.ExecuteScalar()! == 1;
    }

    private static void Upgrade(SqliteConnection connection, SqliteFormat format)
    {
        if (Number(connection, "PRAGMA user_version") == format.Versions.Count && Number(connection, "PRAGMA application_id") == format.ApplicationId)
            return;
        using var transaction = connection.BeginTransaction(deferred: false);
        // Asked again inside: another process may have upgraded meanwhile.
        var known = Number(connection, "PRAGMA application_id") == format.ApplicationId ? Number(connection, "PRAGMA user_version") : 0;
        foreach (var script in format.Versions.Skip((int)known))
            connection.Execute(script);
        connection.Execute(string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA application_id={format.ApplicationId}; PRAGMA user_version={format.Versions.Count}"));
        transaction.Commit();
    }

    private static long Number(SqliteConnection connection, string sql) => (long)connection.Scalar(sql)!;
}
