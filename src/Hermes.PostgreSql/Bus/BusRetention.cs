using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.Bus;

/// <summary>Removes messages that are too old or too many, from the oldest on and without leaving a gap.</summary>
internal sealed class BusRetention(PostgreSqlBusOptions options, PostgreSqlDatabase database, TimeProvider time)
{
    private const int MessagesPerTransaction = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Of the oldest messages those before the first one that is kept. A clock that was put back does not tear a hole.
    private readonly string _remove =
        $"""
        WITH oldest AS (
            SELECT msgoffset, coalesce(time < clock_timestamp() - $1, false) OR coalesce(total <= (SELECT total FROM {database.Quoted}.bus) - $2, false) AS due
            FROM {database.Quoted}.messages ORDER BY msgoffset LIMIT {MessagesPerTransaction})
        DELETE FROM {database.Quoted}.messages
        WHERE msgoffset <= (SELECT max(msgoffset) FROM oldest)
            AND msgoffset < coalesce((SELECT min(msgoffset) FROM oldest WHERE NOT due), 9223372036854775807)
        """;

    private long? _applied;

    /// <summary>Removes what is due, unless that was done within the last minute.</summary>
    public async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if ((options.RetentionAge ?? (object?)options.RetentionBytes) is null || (_applied is { } last && time.GetElapsedTime(last) < Interval))
            return;
        _applied = time.GetTimestamp();
        for (var removed = MessagesPerTransaction; removed == MessagesPerTransaction;)
        {
            await using var command = connection.Command(_remove)
                .With<TimeSpan?>(options.RetentionAge, NpgsqlDbType.Interval)
                .With<long?>(options.RetentionBytes, NpgsqlDbType.Bigint);
            removed = await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
