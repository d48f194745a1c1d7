using Hermes.PostgreSql.Database;
using Hermes.PostgreSql.Leases;

namespace Hermes.PostgreSql.ClientState;

/// <summary>How the state of a client lies in its schema.</summary>
internal static class ClientStateTables
{
    private const string Version1 = LeaseTable.Script +
        """
        CREATE TABLE {0}.types (id int PRIMARY KEY, side int NOT NULL, name text NOT NULL, UNIQUE (side, name));

        -- One row per entry. The expected view is kept only where it differs from the applied one. presence: by the expected view, 0 gone, 1 live, 2 trashed.
        -- link: what the object of a local entry is called on the target for ever; of any length, so its index is one of hashes.
        CREATE TABLE {0}.entries (
            number bigint PRIMARY KEY,
            type int NOT NULL,
            key bytea NOT NULL,
            presence smallint NOT NULL,
            applied bytea,
            appliedtrashed bigint,
            differs boolean NOT NULL,
            expected bytea,
            expectedtrashed bigint,
            link text,
            UNIQUE (type, key));
        CREATE INDEX entriesbytype ON {0}.entries (type, number);
        CREATE INDEX entriestrashed ON {0}.entries (type, number) WHERE presence = 2;
        CREATE INDEX entriesbylink ON {0}.entries USING hash (link) WHERE link IS NOT NULL;

        -- The error queue. secrets and results (of steps) are encrypted; addedagain: the attributes of a merged event that were removed and added again, as
        -- JSON; remotebefore: the remote entry before an event that could not be converted; holder: the entry whose object has what this one needs; grp, cause:
        -- what the last attempt failed of.
        CREATE TABLE {0}.queue (
            number bigint PRIMARY KEY,
            type text NOT NULL,
            key bytea NOT NULL,
            kind int NOT NULL,
            remotetype text NOT NULL,
            remote bytea,
            remotetrashed bigint,
            local bytea,
            localtrashed bigint,
            fault text,
            secrets bytea,
            since bigint NOT NULL,
            attempts int NOT NULL,
            last bigint,
            message text NOT NULL,
            steps text NOT NULL,
            partial boolean NOT NULL,
            inflight boolean NOT NULL,
            addedagain text,
            remotebefore bytea,
            remotebeforetrashed bigint,
            results bytea,
            brokenoff boolean NOT NULL,
            holdertype text,
            holderkey bytea,
            grp bigint,
            cause text,
            producer text,
            producernumber bigint NOT NULL);
        CREATE INDEX queuebygroup ON {0}.queue (grp, number) WHERE grp IS NOT NULL;

        -- Messages that were set aside; body is encrypted.
        CREATE TABLE {0}.deadletters (msgoffset bigint PRIMARY KEY, time bigint NOT NULL, reason text NOT NULL, body bytea NOT NULL);

        -- Which local entries refer to which. pending: whether the target does not have the reference yet.
        CREATE TABLE {0}.refs (
            number bigint PRIMARY KEY,
            fromtype text NOT NULL,
            fromkey bytea NOT NULL,
            attribute text NOT NULL,
            totype text NOT NULL,
            tokey bytea NOT NULL,
            pending boolean NOT NULL,
            UNIQUE (fromtype, fromkey, attribute, totype, tokey));
        CREATE INDEX refsbyto ON {0}.refs (totype, tokey, number);
        CREATE INDEX refspending ON {0}.refs (number) WHERE pending;

        -- replay: the offset up to which events wait for each other; lastoffset, lastdigest: the last message that was done with; journal: the number of the
        -- journal of calls that goes on from here; lastjournal: the one that its file has until the commit is done.
        CREATE TABLE {0}.progress (
            one boolean PRIMARY KEY CHECK (one),
            next bigint,
            delivered bigint,
            replay bigint,
            lastoffset bigint,
            lastdigest bigint,
            queuenumber bigint NOT NULL,
            journal bigint NOT NULL,
            lastjournal bigint NOT NULL) WITH (fillfactor = 10);
        CREATE TABLE {0}.producers (name text PRIMARY KEY, sequence bigint NOT NULL) WITH (fillfactor = 50);

        -- leftschema: the types that have left the data schema; dropped: local types that have left the model; rekeyed: types with former keys, of which the
        -- target is still to be told; producer to latestproducer: whom the client follows on the bus, and its latest initsync there; following: the rest of that
        -- as JSON, null if there is none.
        CREATE TABLE {0}.setup (
            one boolean PRIMARY KEY CHECK (one),
            dataschema bytea NOT NULL,
            model bytea NOT NULL,
            initstart bigint NOT NULL,
            initstop bigint NOT NULL,
            told bytea NOT NULL,
            leftschema bytea NOT NULL,
            dropped bytea NOT NULL,
            rekeyed bytea NOT NULL,
            producer text NOT NULL,
            incarnation text,
            lateststart bigint,
            lateststop bigint,
            latestproducer text,
            starts bytea NOT NULL,
            following bytea);

        -- A text that was encrypted with the key of the secret values, by which another key is known before anything is done with it.
        CREATE TABLE {0}.protection (one boolean PRIMARY KEY CHECK (one), sample bytea NOT NULL)
        """;

    public static DatabaseFormat Format { get; } = new("client state of Hermes", "client", Version1);
}
