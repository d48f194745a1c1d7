using Hermes.PostgreSql.Database;
using Hermes.PostgreSql.Leases;

namespace Hermes.PostgreSql.ServerState;

/// <summary>
/// The tables of a server state. The entries of all data types lie in one: to make and drop tables would need more rights, and would keep readers waiting.
/// </summary>
internal static class ServerStateTables
{
    private const string Version1 = LeaseTable.Script +
        """
        CREATE TABLE {0}.header (one boolean PRIMARY KEY CHECK (one), producer text NOT NULL, hash_key bytea NOT NULL, schema text NOT NULL,
            is_filled boolean NOT NULL, status text NOT NULL, last_sequence bigint NOT NULL);
        CREATE TABLE {0}.types (number int PRIMARY KEY, name text NOT NULL UNIQUE);
        CREATE TABLE {0}.entries (type int NOT NULL, id bigint NOT NULL, key_hash bytea NOT NULL, fingerprint bytea NOT NULL, content bytea NOT NULL,
            PRIMARY KEY (type, id));
        CREATE TABLE {0}.outbox (sequence bigint PRIMARY KEY, category text NOT NULL, kind text NOT NULL, time bigint NOT NULL, body bytea NOT NULL);
        CREATE TABLE {0}.write_backs (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sequence bigint NOT NULL, body bytea NOT NULL);
        CREATE INDEX write_backs_due ON {0}.write_backs (sequence, number);
        CREATE TABLE {0}.documents (name text PRIMARY KEY, content bytea NOT NULL)
        """;

    public static DatabaseFormat Format { get; } = new("server state of Hermes", "server", Version1);
}
