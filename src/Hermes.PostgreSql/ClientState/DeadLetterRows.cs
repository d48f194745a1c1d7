using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>The messages that were set aside.</summary>
internal sealed class DeadLetterRows(string at, ISecretProtector protector)
{
    public Task<long> CountAsync(NpgsqlConnection connection) => connection.Command($"SELECT count(*) FROM {at}.deadletters").ScalarAsync<long>(default);

    /// <summary>Adds what writes messages to a batch.</summary>
    public void Add(NpgsqlBatch batch, IReadOnlyList<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            batch
                .Add(
                    $"""
                    INSERT INTO {at}.deadletters (msgoffset, time, reason, body) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (msgoffset) DO UPDATE SET time = $2, reason = $3, body = $4
                    """)
                .With(letter.Offset.Value, NpgsqlDbType.Bigint)
                .With(letter.Time.UtcTicks, NpgsqlDbType.Bigint)
                .With(StoredText.Of(letter.Reason), NpgsqlDbType.Text)
                .With(protector.Protect(letter.Body.Span), NpgsqlDbType.Bytea);
        }
    }

    public async Task<IReadOnlyList<DeadLetter>> ReadAsync(NpgsqlConnection connection, long afterOffset, int limit) =>
        await connection.Command($"SELECT msgoffset, time, reason, body FROM {at}.deadletters WHERE msgoffset > $1 ORDER BY msgoffset LIMIT $2")
            .With(afterOffset, NpgsqlDbType.Bigint)
            .With((long)limit, NpgsqlDbType.Bigint)
            .RowsAsync(
                row => new DeadLetter(
                    new BusOffset(row.GetInt64(0)), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetString(2), protector.Unprotect(row.GetFieldValue<byte[]>(3))),
                default);
}
