namespace Hermes.PostgreSql.Leases;

/// <summary>Who holds what, until when. All times are those of the database.</summary>
internal static class LeaseTable
{
    /// <summary>Makes the table, with a lease that nobody has.</summary>
    public const string Script =
        """
        CREATE TABLE {0}.lease (name text PRIMARY KEY, term bigint NOT NULL, owner text, expires timestamptz NOT NULL) WITH (fillfactor = 10);
        INSERT INTO {0}.lease (name, term, owner, expires) VALUES ('state', 0, NULL, '-infinity');

        """;
}
