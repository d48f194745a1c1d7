namespace Hermes.Sqlite.ClientState;

/// <summary>How the state of a client lies in its file.</summary>
internal static class ClientStateFormat
{
    public static SqliteFormat Format { get; } = new(
        "client state of Hermes",
        0x48524d43,
        StateTerm.Table + """
        CREATE TABLE types (
            id INTEGER PRIMARY KEY,
            side INTEGER NOT NULL,
            name TEXT NOT NULL,
            UNIQUE (side, name)) STRICT;

        -- One row per entry. The expected view is kept only where it differs from the applied one. presence: by the expected view, 0 gone, 1 live, 2 trashed.
        -- link: what the object of a local entry is called on the target for ever.
        CREATE TABLE entries (
            number INTEGER PRIMARY KEY,
            type INTEGER NOT NULL,
            key BLOB NOT NULL,
            presence INTEGER NOT NULL,
            applied BLOB,
            appliedtrashed INTEGER,
            differs INTEGER NOT NULL,
            expected BLOB,
            expectedtrashed INTEGER,
            link TEXT) STRICT;
        CREATE UNIQUE INDEX entriesbykey ON entries (type, key);
        CREATE INDEX entriesbylink ON entries (link) WHERE link IS NOT NULL;
        CREATE INDEX entriestrashed ON entries (type, number) WHERE presence = 2;

        -- The error queue. secrets and results (of steps) are encrypted; addedagain: the attributes of a merged event that were removed and added again, as
        -- JSON; remotebefore: the remote entry before an event that could not be converted; holder: the
        -- entry whose object has what this one needs; grp, cause: what the last attempt failed of.
        CREATE TABLE queue (
            number INTEGER PRIMARY KEY,
            type TEXT NOT NULL,
            key BLOB NOT NULL,
            kind INTEGER NOT NULL,
            remotetype TEXT NOT NULL,
            remote BLOB,
            remotetrashed INTEGER,
            local BLOB,
            localtrashed INTEGER,
            fault TEXT,
            secrets BLOB,
            since INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            last INTEGER,
            message TEXT NOT NULL,
            steps TEXT NOT NULL,
            partial INTEGER NOT NULL,
            inflight INTEGER NOT NULL,
            brokenoff INTEGER NOT NULL,
            addedagain TEXT,
            remotebefore BLOB,
            remotebeforetrashed INTEGER,
            results BLOB,
            holdertype TEXT,
            holderkey BLOB,
            grp INTEGER,
            cause TEXT) STRICT;
        CREATE INDEX queuebygroup ON queue (grp) WHERE grp IS NOT NULL;

        -- Messages that were set aside; body is encrypted.
        CREATE TABLE deadletters (
            msgoffset INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            reason TEXT NOT NULL,
            body BLOB NOT NULL) STRICT;

        -- replay: the offset up to which events wait for each other; lastoffset, lastdigest: the last message that was done with; journal: the number of the
        -- journal of calls that goes on from here; lastjournal: the one that its file has until the commit is done.
        CREATE TABLE progress (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            next INTEGER,
            delivered INTEGER,
            replay INTEGER,
            lastoffset INTEGER,
            lastdigest INTEGER,
            queuenumber INTEGER NOT NULL,
            journal INTEGER NOT NULL,
            lastjournal INTEGER NOT NULL) STRICT;
        CREATE TABLE producers (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        -- leftschema: the types that have left the data schema; dropped: local types that have left the model;
        -- rekeyed: types with former keys, of which the target is still to be told; producer to latestproducer: whom the client follows on
        -- the bus, and its latest initsync there; starts: those of the initsyncs that were passed; following: the rest of that as JSON, null if there is none.
        CREATE TABLE setup (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            dataschema BLOB NOT NULL,
            model BLOB NOT NULL,
            initstart INTEGER NOT NULL,
            initstop INTEGER NOT NULL,
            told BLOB NOT NULL,
            leftschema BLOB NOT NULL,
            dropped BLOB NOT NULL,
            rekeyed BLOB NOT NULL,
            producer TEXT NOT NULL,
            incarnation TEXT,
            lateststart INTEGER,
            lateststop INTEGER,
            latestproducer TEXT,
            starts BLOB NOT NULL,
            following BLOB) STRICT;
        """,
        """
        -- Which local entries refer to which. pending: whether the target does not have the reference yet.
        CREATE TABLE refs (
            number INTEGER PRIMARY KEY,
            fromtype TEXT NOT NULL,
            fromkey BLOB NOT NULL,
            attribute TEXT NOT NULL,
            totype TEXT NOT NULL,
            tokey BLOB NOT NULL,
            pending INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX refsbyfrom ON refs (fromtype, fromkey, attribute, totype, tokey);
        CREATE INDEX refsbyto ON refs (totype, tokey);
        CREATE INDEX refspending ON refs (number) WHERE pending = 1;
        """,
        """
        -- Who sent the event, and its number there. What was queued before gets one from its place in the queue.
        ALTER TABLE queue ADD COLUMN producer TEXT;
        ALTER TABLE queue ADD COLUMN producernumber INTEGER;
        UPDATE queue SET producer = 'client-' || since, producernumber = number;
        """)
    {
        // Each event looks up and writes two entries by their keys, anywhere in the index.
        CacheMegabytes = 32,
    };
}
