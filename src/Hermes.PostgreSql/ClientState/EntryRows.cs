using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Diff.Encoding;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>The entries of all types.</summary>
internal sealed class EntryRows
{
    private const string Columns = "number, key, applied, appliedtrashed, differs, expected, expectedtrashed, link";

    private readonly string _at;
    private readonly string _find;
    private readonly string _linked;
    private readonly string _put;
    private readonly string _delete;
    private readonly TypeRows _types;
    private long _number;

    private EntryRows(string at, TypeRows types, long number)
    {
        (_at, _types, _number) = (at, types, number);

        // The limit makes the planner look up each key by itself, whatever it thinks of the size of the table.
        _find =
            $"""
            SELECT e.*, w.place FROM unnest($1, $2) WITH ORDINALITY w (type, key, place)
            CROSS JOIN LATERAL (SELECT {Columns} FROM {at}.entries e WHERE e.type = w.type AND e.key = w.key LIMIT 1) e
            """;
        _linked =
            $"""
            SELECT e.* FROM unnest($1) w (link)
            CROSS JOIN LATERAL (SELECT {Columns}, type FROM {at}.entries e WHERE e.link = w.link ORDER BY number LIMIT 1) e
            """;
        _put =
            $"""
            INSERT INTO {at}.entries (number, type, key, presence, applied, appliedtrashed, differs, expected, expectedtrashed, link)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (type, key) DO UPDATE SET presence = EXCLUDED.presence, applied = EXCLUDED.applied, appliedtrashed = EXCLUDED.appliedtrashed,
                differs = EXCLUDED.differs, expected = EXCLUDED.expected, expectedtrashed = EXCLUDED.expectedtrashed, link = EXCLUDED.link
            """;
        _delete = $"DELETE FROM {at}.entries e USING unnest($1, $2) d (type, key) WHERE e.type = d.type AND e.key = d.key";
    }

    public IReadOnlyList<EntryTable> Tables => _types.Tables;

    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<EntryRows> OpenAsync(NpgsqlConnection connection, string at) => new(
        at, await TypeRows.OpenAsync(connection, at), await connection.Command($"SELECT max(number) FROM {at}.entries").ScalarAsync<long>(default));

    /// <summary>Those of the wanted entries that are there.</summary>
    public async Task<IReadOnlyList<TableEntry>> FindAsync(NpgsqlConnection connection, IReadOnlyList<EntryAddress> wanted)
    {
        EntryAddress[] known = [.. wanted.Where(address => _types.Find(address.Table) is not null)];
        if (known.Length == 0)
            return [];
        return await connection.Command(_find)
            .With(Array.ConvertAll(known, address => _types.Find(address.Table)!.Value), NpgsqlDbType.Array | NpgsqlDbType.Integer)
            .With(Array.ConvertAll(known, address => EntryCodec.EncodeKey(address.Key)), NpgsqlDbType.Array | NpgsqlDbType.Bytea)
            .RowsAsync(
                row =>
                {
                    var address = known[row.GetInt64(8) - 1];
                    return new TableEntry(address.Table, ReadEntry(row, address.Key));
                },
                default);
    }

    /// <summary>The entries that have links.</summary>
    public async Task<IReadOnlyList<LinkedEntry>> FindLinkedAsync(NpgsqlConnection connection, IReadOnlyList<string> links) => links.Count == 0
        ? []
        : await connection.Command(_linked)
            .With(links.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .RowsAsync(row => new LinkedEntry(_types.Of(row.GetInt32(8)), ReadNumbered(row)), default);

    public async Task<IReadOnlyList<NumberedEntry>> ReadAsync(NpgsqlConnection connection, EntryTable table, EntryScope scope, long after, int limit)
    {
        if (_types.Find(table) is not { } type)
            return [];
        var trashed = scope == EntryScope.Trashed ? " AND presence = 2" : "";
        return await connection.Command($"SELECT {Columns} FROM {_at}.entries WHERE type = $1 AND number > $2{trashed} ORDER BY type, number LIMIT $3")
            .With(type, NpgsqlDbType.Integer)
            .With(after, NpgsqlDbType.Bigint)
            .With((long)limit, NpgsqlDbType.Bigint)
            .RowsAsync(ReadNumbered, default);
    }

    public async Task<EntryCount> CountAsync(NpgsqlConnection connection, EntryTable table) => _types.Find(table) is not { } type
        ? default
        : (await connection
            .Command($"SELECT count(*) FILTER (WHERE presence = 1), count(*) FILTER (WHERE presence = 2) FROM {_at}.entries WHERE type = $1")
            .With(type, NpgsqlDbType.Integer)
            .RowsAsync(row => new EntryCount(row.GetInt64(0), row.GetInt64(1)), default))[0];

    /// <summary>Adds what writes entries to a batch.</summary>
    public void Add(NpgsqlBatch batch, IReadOnlyList<TableEntry> entries)
    {
        foreach (var entry in entries)
            _types.FindOrAdd(entry.Table, batch);
        foreach (var segment in WriteSegments.Of(entries, entry => entry.Address, entry => entry.Entry.IsGone))
        {
            if (segment.Deleted.Count > 0)
            {
                EntryAddress[] deleted = [.. segment.Deleted];
                batch.Add(_delete)
                    .With(Array.ConvertAll(deleted, address => _types.Find(address.Table)!.Value), NpgsqlDbType.Array | NpgsqlDbType.Integer)
                    .With(Array.ConvertAll(deleted, address => EntryCodec.EncodeKey(address.Key)), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
            }

            if (segment.Put.Count > 0)
                EntryColumns.Of(segment.Put, _types, ref _number).AddTo(batch.Add(_put));
        }
    }

    private static NumberedEntry ReadNumbered(NpgsqlDataReader row) => new(row.GetInt64(0), ReadEntry(row, EntryCodec.DecodeKey(row.GetFieldValue<byte[]>(1))));

    private static StoredEntry ReadEntry(NpgsqlDataReader row, EntryKey key)
    {
        var applied = StoredView.Read(row, 2, 3);
        return new StoredEntry(key, applied, row.GetBoolean(4) ? StoredView.Read(row, 5, 6) : applied) { Link = row.IsDBNull(7) ? null : row.GetString(7) };
    }
}
