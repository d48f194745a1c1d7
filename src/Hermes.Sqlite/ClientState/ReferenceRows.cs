using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Diff.Encoding;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>What local entries refer to.</summary>
internal sealed class ReferenceRows(SqliteConnection connection) : IDisposable
{
    private const string Columns = "number, fromtype, fromkey, attribute, totype, tokey, pending";

    private readonly SqliteStatement _put = new(
        connection,
        """
        INSERT INTO refs (fromtype, fromkey, attribute, totype, tokey, pending) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (fromtype, fromkey, attribute, totype, tokey) DO UPDATE SET pending = ?6
        """);

    private readonly SqliteStatement _delete = new(
        connection, "DELETE FROM refs WHERE fromtype = ?1 AND fromkey = ?2 AND attribute = ?3 AND totype = ?4 AND tokey = ?5");

    private readonly SqliteStatement _to = new(
        connection, $"SELECT {Columns} FROM refs WHERE totype = ?1 AND tokey = ?2 AND number > ?3 ORDER BY number LIMIT ?4");

    private readonly SqliteStatement _pending = new(connection, $"SELECT {Columns} FROM refs WHERE pending = 1 AND number > ?1 ORDER BY number LIMIT ?2");
    private readonly SqliteStatement _count = new(connection, "SELECT count(*) FROM refs WHERE pending = 1");

    public void Write(in ReferenceChange change)
    {
        var (from, attribute, to) = change.Reference;
        var statement = change.IsPending is null ? _delete : _put;
        statement.Bind(0, from.Type).Bind(1, EntryCodec.EncodeKey(from.Key)).Bind(2, attribute).Bind(3, to.Type).Bind(4, EntryCodec.EncodeKey(to.Key));
        if (change.IsPending is { } isPending)
            statement.Bind(5, isPending ? 1 : 0);
        statement.Run();
    }

    public IReadOnlyList<NumberedReference> ReadTo(EntryId to, long after, int limit) =>
        Read(_to.Bind(0, to.Type).Bind(1, EntryCodec.EncodeKey(to.Key)).Bind(2, after).Bind(3, limit));

    public IReadOnlyList<NumberedReference> ReadPending(long after, int limit) => Read(_pending.Bind(0, after).Bind(1, limit));

    public long CountPending()
    {
        _count.Read();
        var count = _count.Long(0);
        _count.Reset();
        return count;
    }

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
        _to.Dispose();
        _pending.Dispose();
        _count.Dispose();
    }

    private static List<NumberedReference> Read(SqliteStatement rows)
    {
        var page = new List<NumberedReference>();
        while (rows.Read())
        {
            var from = new EntryId(rows.Text(1), EntryCodec.DecodeKey(rows.Blob(2)));
            var to = new EntryId(rows.Text(4), EntryCodec.DecodeKey(rows.Blob(5)));
            page.Add(new NumberedReference(rows.Long(0), new StoredReference(from, rows.Text(3), to), rows.Long(6) == 1));
        }

        return page;
    }
}
