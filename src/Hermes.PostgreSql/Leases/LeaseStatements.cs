using Hermes.PostgreSql.Database;

namespace Hermes.PostgreSql.Leases;

/// <summary>The statements about a lease: each by itself leaves it in order, whoever else says the same at the same time.</summary>
internal sealed class LeaseStatements(PostgreSqlDatabase database)
{
    /// <summary>$1: for how many milliseconds the transaction may wait for its next command.</summary>
    public const string EndIfSilent = "SELECT set_config('idle_in_transaction_session_timeout', $1, true)";

    /// <summary>$1: the owner. $2: for how long. $3: the owner of before that this one may take it from, since it was this very process; or NULL.</summary>
    public string Take { get; } =
        $"""
        WITH before AS (SELECT owner FROM {database.Quoted}.lease WHERE name = 'state' FOR UPDATE)
        UPDATE {database.Quoted}.lease l SET term = l.term + 1, owner = $1, expires = clock_timestamp() + $2 FROM before
        WHERE l.name = 'state' AND (l.owner IS NULL OR l.owner = $3 OR l.expires < clock_timestamp())
        RETURNING l.term, before.owner
        """;

    /// <summary>Who holds it, or held it last.</summary>
    public string Owner { get; } = $"SELECT owner FROM {database.Quoted}.lease WHERE name = 'state'";

    /// <summary>$1: the term. $2: for how long. No row if somebody has taken it since.</summary>
    public string Renew { get; } =
        $"UPDATE {database.Quoted}.lease SET expires = clock_timestamp() + $2 WHERE name = 'state' AND term = $1 AND owner IS NOT NULL RETURNING term";

    /// <summary>$1: the term.</summary>
    public string GiveBack { get; } = $"UPDATE {database.Quoted}.lease SET owner = NULL WHERE name = 'state' AND term = $1";

    /// <summary>$1: the term. Until the end of the transaction nobody takes it. No row if somebody has already.</summary>
    public string Hold { get; } = $"SELECT term FROM {database.Quoted}.lease WHERE name = 'state' AND term = $1 FOR SHARE";

    /// <summary>
    /// $1: what the sessions of the owner of before are called. He has no right to write any more, but what he was writing when he stood still, with the locks
    /// on it, stays as long as his session does.
    /// </summary>
    public string EndSessions { get; } =
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1 AND usename = current_user AND pid <> pg_backend_pid()";
}
