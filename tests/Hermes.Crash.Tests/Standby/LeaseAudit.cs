using Hermes.Crash.Host;
using Hermes.Crash.Tests.Invariants;
using Hermes.TestSupport.Servers;

namespace Hermes.Crash.Tests.Standby;

/// <summary>
/// What the database itself saw: for each commit of a state the term and the owner of its lease, and the session that wrote. Times are those of the database.
/// </summary>
internal sealed class LeaseAudit(DatabasePlace database)
{
    private const string Tables =
        """
        CREATE SCHEMA audit;
        CREATE TABLE audit.commits (id bigserial PRIMARY KEY, place text NOT NULL, term bigint NOT NULL, owner text, session text NOT NULL, at timestamptz NOT NULL);
        CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            EXECUTE format(
                'INSERT INTO audit.commits (place, term, owner, session, at) SELECT %L, term, owner, current_setting(''application_name''), clock_timestamp() FROM %I.lease',
                TG_TABLE_SCHEMA, TG_TABLE_SCHEMA);
            RETURN NULL;
        END $$;
        CREATE TRIGGER note AFTER INSERT OR UPDATE ON server.header FOR EACH ROW EXECUTE FUNCTION audit.note();
        CREATE TRIGGER note AFTER INSERT OR UPDATE ON client.progress FOR EACH ROW EXECUTE FUNCTION audit.note();
        """;

    /// <summary>Begins to watch the states, which must be there.</summary>
    public Task BeginAsync() => Statements.RunAsync(database.ConnectionString, Tables);

    /// <summary>The time now, and the term of a state.</summary>
    public async Task<(DateTime Now, long Term)> NowAsync(string place)
    {
        var row = (await CampusTables.RowsAsync(database, $"SELECT clock_timestamp(), term FROM {place}.lease"))[0];
        return ((DateTime)row[0]!, (long)row[1]!);
    }

    /// <summary>When the first commit was made after a time, under a term at least as great; null if there was none yet.</summary>
    public async Task<DateTime?> FirstCommitAsync(string place, DateTime after, long term) =>
        (await CampusTables.RowsAsync(
            database, $"SELECT min(at) FROM audit.commits WHERE place = '{place}' AND at > '{after:O}' AND term >= {term}"))[0][0] as DateTime?;

    /// <summary><i>One at work</i>: who wrote held the lease, and no term came after a greater one.</summary>
    public async Task<long> CheckAsync()
    {
        await ExpectNoneAsync("wrote without the lease", "SELECT place, term, owner, session FROM audit.commits WHERE session IS DISTINCT FROM 'hermes-' || owner");
        await ExpectNoneAsync(
            "wrote under a term that was over",
            "SELECT place, term, id FROM (SELECT *, max(term) OVER (PARTITION BY place ORDER BY id) AS greatest FROM audit.commits) c WHERE term < greatest");
        return (long)(await CampusTables.RowsAsync(database, "SELECT count(*) FROM audit.commits"))[0][0]!;
    }

    private async Task ExpectNoneAsync(string finding, string sql)
    {
        if ((await CampusTables.RowsAsync(database, sql)).FirstOrDefault() is { } row)
            throw new ViolationException("One at work", $"Somebody {finding}: {string.Join(", ", row)}.");
    }
}
