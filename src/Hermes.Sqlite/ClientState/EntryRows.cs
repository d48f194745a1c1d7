using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Diff.Encoding;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>
/// The entries of all types. They are written behind: before anything else is done with the file, or looked up here, <see cref="Finish"/> is called.
/// </summary>
internal sealed class EntryRows : IDisposable
{
    private const string Columns = "number, key, applied, appliedtrashed, differs, expected, expectedtrashed, link";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _put;
    private readonly SqliteStatement _putSettled;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _linked;
    private readonly SqliteStatement _page;
    private readonly SqliteStatement _trashedPage;
    private readonly WriteBehind<EntryRow> _behind;
    private readonly Dictionary<EntryTable, long> _types = new(new TableComparer());

    // An entry is kept as the server has it and as the target has it: the same key is asked for twice in a row.
    private (EntryKey Key, byte[]? Bytes) _lastKey;

    // Only for a file that is empty when it is opened, so that the filter knows every key in it.
    private readonly KeyFilter? _keys;

    public EntryRows(SqliteConnection connection)
    {
        _connection = connection;
        _find = new SqliteStatement(connection, $"SELECT {Columns} FROM entries WHERE type = ?1 AND key = ?2");
        _put = new SqliteStatement(
            connection,
            """
            INSERT INTO entries (type, key, presence, applied, appliedtrashed, differs, expected, expectedtrashed, link)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (type, key) DO UPDATE
            SET presence = ?3, applied = ?4, appliedtrashed = ?5, differs = ?6, expected = ?7, expectedtrashed = ?8, link = ?9
            """);
        _putSettled = new SqliteStatement(
            connection,
            """
            INSERT INTO entries (type, key, presence, applied, differs, link) VALUES (?1, ?2, 1, ?3, 0, ?4)
            ON CONFLICT (type, key) DO UPDATE
            SET presence = 1, applied = ?3, appliedtrashed = NULL, differs = 0, expected = NULL, expectedtrashed = NULL, link = ?4
            """);
        _delete = new SqliteStatement(connection, "DELETE FROM entries WHERE type = ?1 AND key = ?2");

        // The plus signs keep the planner from sorting: a page is a stretch of the table.
        _page = new SqliteStatement(connection, $"SELECT {Columns} FROM entries WHERE number > ?2 AND +type = ?1 ORDER BY number LIMIT ?3");
        _trashedPage = new SqliteStatement(
            connection, $"SELECT {Columns} FROM entries WHERE type = ?1 AND presence = 2 AND number > ?2 ORDER BY number LIMIT ?3");
        _linked = new SqliteStatement(
            connection, $"SELECT {Columns}, side, name FROM entries JOIN types ON types.id = entries.type WHERE link = ?1 ORDER BY number LIMIT 1");
        _behind = new WriteBehind<EntryRow>(Put);
        ReadTypes();
        _keys = _types.Count == 0 ? new KeyFilter() : null;
    }

    public IReadOnlyList<EntryTable> Tables => [.. _types.OrderBy(type => type.Value).Select(type => type.Key)];

    /// <summary>Those of the wanted entries that are there.</summary>
    public IReadOnlyList<TableEntry> Find(IReadOnlyList<EntryAddress> wanted)
    {
        List<TableEntry>? entries = null;
        foreach (var (table, key) in wanted)
        {
            if (TryFind(table, key, out var entry))
                (entries ??= []).Add(new TableEntry(table, entry));
        }

        return entries ?? (IReadOnlyList<TableEntry>)[];
    }

    /// <summary>The entries that have links.</summary>
    public IReadOnlyList<LinkedEntry> FindLinked(IReadOnlyList<string> links)
    {
        var found = new List<LinkedEntry>();
        foreach (var link in links)
        {
            if (!_linked.Bind(0, link).Read())
                continue;
            found.Add(new LinkedEntry(new EntryTable((EntrySide)_linked.Long(8), _linked.Text(9)), ReadNumbered(_linked)));
            _linked.Reset();
        }

        return found;
    }

    /// <summary>Takes entries to be written; many are written while the caller goes on.</summary>
    /// <exception cref="SqliteFileException">An earlier write failed.</exception>
    public void Write(IReadOnlyList<TableEntry> entries)
    {
        foreach (var (table, entry) in entries)
            _behind.Add(new EntryRow(IdOf(table), Encoded(entry.Key), EntryRow.Encode(entry.Applied), entry));
    }

    public IReadOnlyList<NumberedEntry> Read(EntryTable table, EntryScope scope, long after, int limit)
    {
        if (!_types.TryGetValue(table, out var type))
            return [];
        var select = scope == EntryScope.Trashed ? _trashedPage : _page;
        select.Bind(0, type).Bind(1, after).Bind(2, limit);
        var page = new List<NumberedEntry>();
        while (select.Read())
            page.Add(ReadNumbered(select));
        return page;
    }

    public EntryCount Count(EntryTable table)
    {
        if (!_types.TryGetValue(table, out var type))
            return default;
        using var count = new SqliteStatement(
            _connection, "SELECT count(*) FILTER (WHERE presence = 1), count(*) FILTER (WHERE presence = 2) FROM entries WHERE +type = ?1");
        count.Bind(0, type).Read();
        var result = new EntryCount(count.Long(0), count.Long(1));
        count.Reset();
        return result;
    }

    /// <summary>Returns when everything that was put is written: nothing else may be done with the file before.</summary>
    /// <exception cref="SqliteFileException">SQLite failed.</exception>
    public void Finish() => _behind.Finish();

    public void Dispose()
    {
        _behind.Dispose();
        _find.Dispose();
        _put.Dispose();
        _putSettled.Dispose();
        _delete.Dispose();
        _linked.Dispose();
        _page.Dispose();
        _trashedPage.Dispose();
    }

    private bool TryFind(EntryTable table, EntryKey key, out StoredEntry entry)
    {
        entry = default;
        if (!_types.TryGetValue(table, out var type))
            return false;
        var encoded = Encoded(key);
        if (_keys?.MayHold(type, encoded) == false || !_find.Bind(0, type).Bind(1, encoded).Read())
            return false;
        entry = ReadEntry(_find, key);
        _find.Reset();
        return true;
    }

    private byte[] Encoded(EntryKey key)
    {
        if (_lastKey.Bytes is not { } bytes || !_lastKey.Key.Equals(key))
            _lastKey = (key, bytes = EntryCodec.EncodeKey(key));
        return bytes;
    }

    private void Put(EntryRow row)
    {
        var (applied, expected, link) = (row.Entry.Applied, row.Entry.Expected, row.Entry.Link);
        if (row.Entry.IsGone)
        {
            _delete.Bind(0, row.Type).Bind(1, row.Key).Run();
            return;
        }

        _keys?.Add(row.Type, row.Key);

        // As the server has it, live and told to the target: nearly all are like that.
        if (ReferenceEquals(applied, expected) && applied is { IsTrashed: false })
        {
            _putSettled.Bind(0, row.Type).Bind(1, row.Key).Bind(2, row.Applied).Bind(3, link).Run();
            return;
        }

        var differs = applied != expected;
        _put.Bind(0, row.Type)
            .Bind(1, row.Key)
            .Bind(2, expected is null ? 0 : expected.IsTrashed ? 2 : 1)
            .Bind(3, row.Applied)
            .Bind(4, applied?.TrashedSince?.UtcTicks)
            .Bind(5, differs ? 1 : 0)
            .Bind(6, differs ? EntryRow.Encode(expected) : null)
            .Bind(7, differs ? expected?.TrashedSince?.UtcTicks : null)
            .Bind(8, link)
            .Run();
    }

    private static NumberedEntry ReadNumbered(SqliteStatement row) => new(row.Long(0), ReadEntry(row, EntryCodec.DecodeKey(row.Blob(1))));

    private static StoredEntry ReadEntry(SqliteStatement row, EntryKey key)
    {
        var applied = ReadView(row, 2, 3);
        return new StoredEntry(key, applied, row.Long(4) == 0 ? applied : ReadView(row, 5, 6)) { Link = row.IsNull(7) ? null : row.Text(7) };
    }

    private static EntryView? ReadView(SqliteStatement row, int content, int trashed) => row.IsNull(content)
        ? null
        : new EntryView(EntryCodec.Decode(row.Blob(content)), row.LongOrNull(trashed) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);

    private long IdOf(EntryTable table)
    {
        if (_types.TryGetValue(table, out var known))
            return known;
        _behind.Finish();
        using var insert = new SqliteStatement(_connection, "INSERT INTO types (side, name) VALUES (?1, ?2)");
        insert.Bind(0, (long)table.Side).Bind(1, table.Type).Run();
        return _types[table] = (long)_connection.Scalar("SELECT last_insert_rowid()")!;
    }

    private void ReadTypes()
    {
        using var select = new SqliteStatement(_connection, "SELECT id, side, name FROM types");
        while (select.Read())
            _types[new EntryTable((EntrySide)select.Long(1), select.Text(2))] = select.Long(0);
    }

    // A client has a few types: to hash their names for each entry would cost more than it tells.
    private sealed class TableComparer : IEqualityComparer<EntryTable>
    {
        public bool Equals(EntryTable x, EntryTable y) => x.Side == y.Side && string.Equals(x.Type, y.Type, StringComparison.Ordinal);

        public int GetHashCode(EntryTable obj) => (obj.Type.Length * 2) + (int)obj.Side;
    }

    // An entry on its way into the table. What can be done before it is written is done where it comes from, not in the one thread that writes.
    private readonly record struct EntryRow(long Type, byte[] Key, byte[]? Applied, StoredEntry Entry)
    {
        public static byte[]? Encode(EntryView? view) => view is null ? null : EntryCodec.Encode(view.Entry);
    }
}
