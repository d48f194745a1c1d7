using Hermes.Abstractions.Buses;
using Hermes.PostgreSql.Database;

namespace Hermes.PostgreSql.Bus;

/// <summary>The tables of the bus, and how its failures are told.</summary>
/// <remarks>
/// <para>
/// Offsets are given out by the one row of the table <c>bus</c>: whoever sends locks it, writes his messages under the numbers that follow <c>last</c>, moves
/// <c>last</c> on, and commits; only then does the next sender get the row. So offsets have no gaps, and the transactions that hold them commit in the order of
/// their offsets: PostgreSQL gives up the locks of a transaction after it has made its commit visible, so a snapshot that sees an offset sees all lower ones,
/// on the primary as on a standby, whatever other transactions are open and however long. A reader needs no knowledge of snapshots, and no other lock.
/// </para>
/// <para>
/// A sequence would not do: it gives out numbers in an order in which nobody has to commit, and a reader would pass those that come late. What it would
/// save, several senders at a time, is worth nothing here, where a server sends thousands of messages in one transaction and few servers share a bus.
/// </para>
/// <para>So a reader knows by the numbers alone whether it missed something: where it wants offset n and finds a later one, n was removed.</para>
/// </remarks>
internal static class BusTables
{
    // total: the bytes of all bodies up to this one since the bus was made. incarnation: tells the bus from one that is made in its place.
    private const string Version1 =
        """
        CREATE TABLE {0}.messages (
            msgoffset bigint PRIMARY KEY,
            time timestamptz NOT NULL,
            total bigint NOT NULL,
            id text,
            category text NOT NULL,
            headers bytea,
            body bytea NOT NULL);
        CREATE UNIQUE INDEX messages_id ON {0}.messages (id) WHERE id IS NOT NULL;
        CREATE TABLE {0}.bus (one boolean PRIMARY KEY CHECK (one), incarnation text NOT NULL, last bigint NOT NULL, total bigint NOT NULL) WITH (fillfactor = 10);
        INSERT INTO {0}.bus (one, incarnation, last, total) VALUES (true, replace(gen_random_uuid()::text, '-', ''), 0, 0)
        """;

    public static DatabaseFormat Format { get; } = new("message bus of Hermes", "bus", Version1);

    /// <summary>The database of a bus.</summary>
    public static PostgreSqlDatabase Database(PostgreSqlBusOptions options) => new(options, options.Schema, "hermes-bus");

    /// <summary>The channel on which the database tells of new messages.</summary>
    public static string Channel(PostgreSqlDatabase database) => database.Schema;

    /// <summary>What a failed call means.</summary>
    public static BusException Failure(Exception exception, PostgreSqlDatabase database, int confirmed = 0)
    {
        if (exception is BusException known)
            return known;
        var fault = DatabaseFault.Of(exception, database);
        return new BusException("The message bus failed. " + fault.Message, fault.Fault, exception) { Confirmed = confirmed };
    }
}
