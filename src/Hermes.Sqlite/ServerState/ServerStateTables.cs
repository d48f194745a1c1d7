namespace Hermes.Sqlite.ServerState;

/// <summary>
/// The tables of a server state. Each data type has a table of its own for its entries, so that one can be read, or dropped, by itself.
/// </summary>
internal static class ServerStateTables
{
    public const string Version1 = StateTerm.Table + """
        CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), producer TEXT NOT NULL, hash_key BLOB NOT NULL, schema TEXT NOT NULL,
            is_filled INTEGER NOT NULL, status TEXT NOT NULL, last_sequence INTEGER NOT NULL);
        CREATE TABLE types (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, category TEXT NOT NULL, kind TEXT NOT NULL, time INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE write_backs (number INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, body BLOB NOT NULL);
        """;

    public const string Version2 = "CREATE TABLE documents (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;";

    public static string Entries(long number) => $"entries_{number}";

    public static string CreateEntries(long number) =>
        $"CREATE TABLE {Entries(number)} (id INTEGER PRIMARY KEY, key_hash BLOB NOT NULL, fingerprint BLOB NOT NULL, content BLOB NOT NULL)";
}
