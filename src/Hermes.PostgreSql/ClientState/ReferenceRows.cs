using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Diff.Encoding;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>What local entries refer to.</summary>
internal sealed class ReferenceRows
{
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType Blobs = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
    private const string Columns = "number, fromtype, fromkey, attribute, totype, tokey, pending";

    private readonly string _at;
    private readonly string _put;
    private readonly string _delete;
    private long _number;

    private ReferenceRows(string at, long number)
    {
        (_at, _number) = (at, number);
        _put =
            $"""
            INSERT INTO {at}.refs (fromtype, fromkey, attribute, totype, tokey, number, pending) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (fromtype, fromkey, attribute, totype, tokey) DO UPDATE SET pending = EXCLUDED.pending
            """;
        _delete =
            $"""
            DELETE FROM {at}.refs r USING unnest($1, $2, $3, $4, $5) d (fromtype, fromkey, attribute, totype, tokey)
            WHERE (r.fromtype, r.fromkey, r.attribute, r.totype, r.tokey) = (d.fromtype, d.fromkey, d.attribute, d.totype, d.tokey)
            """;
    }

    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<ReferenceRows> OpenAsync(NpgsqlConnection connection, string at) =>
        new(at, await connection.Command($"SELECT max(number) FROM {at}.refs").ScalarAsync<long>(default));

    /// <summary>Adds what writes references to a batch.</summary>
    public void Add(NpgsqlBatch batch, IReadOnlyList<ReferenceChange> changes)
    {
        foreach (var segment in WriteSegments.Of(changes, change => change.Reference, change => change.IsPending is null))
        {
            if (segment.Deleted.Count > 0)
                WithKeys(batch.Add(_delete), [.. segment.Deleted]);
            if (segment.Put.Count == 0)
                continue;
            var numbers = new long[segment.Put.Count];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = ++_number;
            WithKeys(batch.Add(_put), [.. segment.Put.Select(change => change.Reference)])
                .With(numbers, NpgsqlDbType.Array | NpgsqlDbType.Bigint)
                .With(segment.Put.Select(change => change.IsPending == true).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean);
        }
    }

    public async Task<IReadOnlyList<NumberedReference>> ReadToAsync(NpgsqlConnection connection, EntryId to, long after, int limit) =>
        await connection.Command($"SELECT {Columns} FROM {_at}.refs WHERE totype = $1 AND tokey = $2 AND number > $3 ORDER BY number LIMIT $4")
            .With(to.Type, NpgsqlDbType.Text)
            .With(EntryCodec.EncodeKey(to.Key), NpgsqlDbType.Bytea)
            .With(after, NpgsqlDbType.Bigint)
            .With((long)limit, NpgsqlDbType.Bigint)
            .RowsAsync(Read, default);

    public async Task<IReadOnlyList<NumberedReference>> ReadPendingAsync(NpgsqlConnection connection, long after, int limit) =>
        await connection.Command($"SELECT {Columns} FROM {_at}.refs WHERE pending AND number > $1 ORDER BY number LIMIT $2")
            .With(after, NpgsqlDbType.Bigint)
            .With((long)limit, NpgsqlDbType.Bigint)
            .RowsAsync(Read, default);

    public Task<long> CountPendingAsync(NpgsqlConnection connection) => connection.Command($"SELECT count(*) FROM {_at}.refs WHERE pending").ScalarAsync<long>(default);

    private static NpgsqlBatchCommand WithKeys(NpgsqlBatchCommand command, StoredReference[] references) => command
        .With(Array.ConvertAll(references, reference => reference.From.Type), Texts)
        .With(Array.ConvertAll(references, reference => EntryCodec.EncodeKey(reference.From.Key)), Blobs)
        .With(Array.ConvertAll(references, reference => reference.Attribute), Texts)
        .With(Array.ConvertAll(references, reference => reference.To.Type), Texts)
        .With(Array.ConvertAll(references, reference => EntryCodec.EncodeKey(reference.To.Key)), Blobs);

    private static NumberedReference Read(NpgsqlDataReader row)
    {
        var from = new EntryId(row.GetString(1), EntryCodec.DecodeKey(row.GetFieldValue<byte[]>(2)));
        var to = new EntryId(row.GetString(4), EntryCodec.DecodeKey(row.GetFieldValue<byte[]>(5)));
        return new NumberedReference(row.GetInt64(0), new StoredReference(from, row.GetString(3), to), row.GetBoolean(6));
    }
}
