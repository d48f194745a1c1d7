namespace Hermes.Sqlite.ServerState;

/// <summary>
/// The tables of a server state. Each data type has a table of its own for its entries, so that one can be read, or dropped, by itself.
/// </summary>
internal static class ServerStateTables
{
    public const string Version1 = """
        CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), producer TEXT NOT NULL, hash_key BLOB NOT NULL, schema TEXT NOT NULL,
            is_filled INTEGER NOT NULL, status TEXT NOT NULL, last_sequence INTEGER NOT NULL);
        CREATE TABLE types (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, category TEXT NOT NULL, kind TEXT NOT NULL, time INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE write_backs (number INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, body BLOB NOT NULL);
        """;

    public const string Staged = """
        CREATE TEMP TABLE staged_entries (n INTEGER PRIMARY KEY, type INTEGER NOT NULL, id INTEGER NOT NULL, key_hash BLOB, fingerprint BLOB, content BLOB);
        CREATE TEMP TABLE staged_events (n INTEGER PRIMARY KEY, type INTEGER, id INTEGER, place INTEGER NOT NULL, category TEXT NOT NULL, kind TEXT NOT NULL,
            body BLOB NOT NULL, write_back BLOB, tag INTEGER NOT NULL)
        """;

    /// <summary>Made when first needed: few polls take anything back.</summary>
    public const string StagedIndexes = """
        CREATE INDEX IF NOT EXISTS temp.staged_entries_by_id ON staged_entries (type, id);
        CREATE INDEX IF NOT EXISTS temp.staged_events_by_id ON staged_events (type, id)
        """;

    public static string Entries(long number) => $"entries_{number}";

    public static string CreateEntries(long number) =>
        $"CREATE TABLE {Entries(number)} (id INTEGER PRIMARY KEY, key_hash BLOB NOT NULL, fingerprint BLOB NOT NULL, content BLOB NOT NULL)";
}
