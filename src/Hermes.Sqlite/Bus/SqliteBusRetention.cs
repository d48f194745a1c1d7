using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Bus;

/// <summary>Removes messages that are too old or too many, from the oldest on.</summary>
internal sealed class SqliteBusRetention(SqliteBusOptions options, TimeProvider time)
{
    private const int MessagesPerTransaction = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private long? _applied;

    /// <summary>Removes what is due, unless that was done within the last minute.</summary>
    public void Apply(SqliteConnection connection)
    {
        if (_applied is { } last && time.GetElapsedTime(last) < Interval)
            return;
        _applied = time.GetTimestamp();
        if (options.RetentionCount is { } count)
            Remove(connection, "SELECT max(msgid) - $limit FROM hermesmessages", count);
        if (options.RetentionAge is { } age)
        {
            // Offsets follow time, so this reads the messages to remove and one more.
            Remove(
                connection,
                """
                SELECT coalesce((SELECT msgid - 1 FROM hermesmessages WHERE timestamp >= $limit ORDER BY msgid LIMIT 1), (SELECT max(msgid) FROM hermesmessages))
                """,
                (time.GetUtcNow() - age - DateTimeOffset.UnixEpoch).TotalSeconds);
        }
    }

    private static void Remove(SqliteConnection connection, string lastToRemove, object limit)
    {
        using var find = connection.CreateCommand();
        find.CommandText = lastToRemove;
        find.Parameters.AddWithValue("$limit", limit);
        if (find.ExecuteScalar() is not long last)
            return;

        using var remove = connection.CreateCommand();
        remove.CommandText = "DELETE FROM hermesmessages WHERE msgid IN (SELECT msgid FROM hermesmessages WHERE msgid <= $last ORDER BY msgid LIMIT $count)";
        remove.Parameters.AddWithValue("$last", last);
        remove.Parameters.AddWithValue("$count", MessagesPerTransaction);
        while (remove.ExecuteNonQuery() == MessagesPerTransaction)
        {
            // The next portion; a writer of another process may come in between.
        }
    }
}
