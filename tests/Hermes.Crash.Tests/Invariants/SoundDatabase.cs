using System.Text;
using Hermes.Crash.Host;
using Hermes.Crash.Host.Source;
using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// <i>State sound</i>, in a PostgreSQL database: what <see cref="SoundState"/> says of files. And the offsets of the bus have no gap, and <i>secret kept</i>: no
/// column of a state shows one.
/// </summary>
internal static class SoundDatabase
{
    private const string Name = "State sound";

    /// <summary>Checks what a killed process left committed.</summary>
    public static async Task CheckLeftByAsync(Role role, RigFolder folder, CampusOptions options)
    {
        if (options.Database is not { } database)
            return;
        if (options.Bus == CampusBus.PostgreSql && await HasAsync(database, DatabasePlace.Bus))
        {
            await ExpectAsync(
                database,
                "bus",
                "a gap in its offsets, or one beyond the last",
                """
                SELECT min(msgoffset), max(msgoffset), count(*) FROM bus.messages
                HAVING count(*) > 0 AND (max(msgoffset) - min(msgoffset) + 1 <> count(*) OR max(msgoffset) > (SELECT last FROM bus.bus))
                """);
        }

        var schema = role == Role.Server ? folder.Server : role.FolderIn(folder).Client;
        if (options.State != CampusState.PostgreSql || !await HasAsync(database, schema))
            return;
        await (role == Role.Server ? CheckServerAsync(database, schema) : CheckClientAsync(database, schema));
        if (options.HasSecret)
            await CheckSecretsAsync(database, schema);
    }

    /// <summary>How often a server that has ended had lost its state and opened it again: each time it tells all secrets anew.</summary>
    public static async Task<int> ReopeningsAsync(RigProcess ended) => (await ended.Errors).Split("lost its state to another process").Length - 1;

    private static async Task CheckServerAsync(DatabasePlace database, string schema)
    {
        await ExpectAsync(
            database,
            schema,
            "an event in the outbox beyond the last number",
            $"SELECT sequence FROM {schema}.outbox WHERE sequence > (SELECT last_sequence FROM {schema}.header)");
        await ExpectAsync(
            database,
            schema,
            "a gap in the outbox",
            $"SELECT min(sequence), max(sequence), count(*) FROM {schema}.outbox HAVING count(*) > 0 AND max(sequence) - min(sequence) + 1 <> count(*)");
        await ExpectAsync(
            database, schema, "a write-back of an event that never was", $"SELECT number FROM {schema}.write_backs WHERE sequence > (SELECT last_sequence FROM {schema}.header)");
        await ExpectAsync(database, schema, "a key twice", $"SELECT type, encode(key_hash, 'hex') FROM {schema}.entries GROUP BY type, key_hash HAVING count(*) > 1");
    }

    private static async Task CheckClientAsync(DatabasePlace database, string schema)
    {
        await ExpectAsync(
            database, schema, "a waiting event beyond the last number", $"SELECT number FROM {schema}.queue WHERE number >= (SELECT queuenumber FROM {schema}.progress)");
        await ExpectAsync(database, schema, "an entry of an unknown type", $"SELECT number FROM {schema}.entries WHERE type NOT IN (SELECT id FROM {schema}.types)");
        await ExpectAsync(
            database,
            schema,
            "an entry that waits for nothing",
            $"""
            SELECT t.name, encode(e.key, 'hex') FROM {schema}.entries e JOIN {schema}.types t ON t.id = e.type
            WHERE e.differs AND e.presence <> 2 AND NOT EXISTS (
                SELECT 1 FROM {schema}.queue q WHERE q.key = e.key AND t.name = CASE t.side WHEN 0 THEN q.remotetype ELSE q.type END)
            """);
    }

    private static async Task CheckSecretsAsync(DatabasePlace database, string schema)
    {
        var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Changer.PasswordMark));
        foreach (var table in await CampusTables.RowsAsync(database, $"SELECT tablename::text FROM pg_tables WHERE schemaname = '{schema}'"))
        {
            var sql = $"SELECT count(*) FROM {schema}.{table[0]} t WHERE t::text LIKE '%{Changer.PasswordMark}%' OR t::text LIKE '%{hex}%' HAVING count(*) > 0";
            if ((await CampusTables.RowsAsync(database, sql)).Count > 0)
                throw new ViolationException("Secret kept", $"The table {schema}.{table[0]} shows a secret.");
        }
    }

    private static async Task<bool> HasAsync(DatabasePlace database, string schema) =>
        (await CampusTables.RowsAsync(database, $"SELECT 1 FROM pg_tables WHERE schemaname = '{schema}' AND tablename = 'format'")).Count > 0;

    private static async Task ExpectAsync(DatabasePlace database, string schema, string finding, string sql)
    {
        if ((await CampusTables.RowsAsync(database, sql)).FirstOrDefault() is { } row)
            throw new ViolationException(Name, $"The schema {schema} has {finding}: {string.Join(", ", row)}");
    }
}
