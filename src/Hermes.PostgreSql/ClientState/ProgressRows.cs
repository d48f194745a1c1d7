using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>How far the client has come.</summary>
internal sealed class ProgressRows(string at)
{
    private readonly string _put =
        $"""
        INSERT INTO {at}.progress (one, next, delivered, replay, queuenumber, journal, lastjournal, lastoffset, lastdigest) VALUES (true, $1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (one) DO UPDATE SET next = $1, delivered = $2, replay = $3, queuenumber = $4, journal = $5, lastjournal = $6, lastoffset = $7, lastdigest = $8
        """;

    private readonly string _putProducers =
        $"""
        INSERT INTO {at}.producers (name, sequence) SELECT * FROM unnest($1, $2) ON CONFLICT (name) DO UPDATE SET sequence = EXCLUDED.sequence
        """;

    /// <summary>How far it has come, and the numbers of the journal of calls and of the one that was in use by the commit before; 0 if there is none.</summary>
    public async Task<(ClientProgress Progress, long Journal, long LastJournal)> ReadAsync(NpgsqlConnection connection)
    {
        var producers = await connection.Command($"SELECT name, sequence FROM {at}.producers")
            .RowsAsync(row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), default);
        var rows = await connection.Command($"SELECT next, delivered, queuenumber, replay, lastoffset, lastdigest, journal, lastjournal FROM {at}.progress").RowsAsync(
            row => (
                new ClientProgress(Offset(row, 0), Offset(row, 1), row.GetInt64(2), producers.ToImmutableDictionary(StringComparer.Ordinal))
                {
                    ReplayUpTo = Offset(row, 3),
                    LastMessage = Offset(row, 4) is { } last ? new MessageMark(last, row.GetInt64(5)) : null,
                },
                row.GetInt64(6),
                row.GetInt64(7)),
            default);
        return rows is [var found] ? found : (ClientProgress.None, 0, 0);
    }

    /// <summary>Adds what writes it to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="before">How far it had come.</param>
    /// <param name="journal">The number of the journal of calls.</param>
    /// <param name="lastJournal">The number that it has in its file until this is committed.</param>
    public void Add(NpgsqlBatch batch, ClientProgress progress, ClientProgress before, long journal, long lastJournal)
    {
        batch.Add(_put)
            .With(progress.Next?.Value, NpgsqlDbType.Bigint)
            .With(progress.DeliveredUpTo?.Value, NpgsqlDbType.Bigint)
            .With(progress.ReplayUpTo?.Value, NpgsqlDbType.Bigint)
            .With(progress.NextQueueNumber, NpgsqlDbType.Bigint)
            .With(journal, NpgsqlDbType.Bigint)
            .With(lastJournal, NpgsqlDbType.Bigint)
            .With(progress.LastMessage?.Offset.Value, NpgsqlDbType.Bigint)
            .With(progress.LastMessage?.Digest, NpgsqlDbType.Bigint);
        KeyValuePair<string, long>[] changed =
            [.. progress.LastSequences.Where(known => !before.LastSequences.TryGetValue(known.Key, out var sequence) || sequence != known.Value)];
        if (changed.Length == 0)
            return;
        batch.Add(_putProducers)
            .With(Array.ConvertAll(changed, known => known.Key), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .With(Array.ConvertAll(changed, known => known.Value), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
    }

    private static BusOffset? Offset(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : new BusOffset(row.GetInt64(column));
}
