using Hermes.PostgreSql.Bus;
using Hermes.PostgreSql.Database;
using Hermes.PostgreSql.Leases;

namespace Hermes.Crash.Host;

/// <summary>The PostgreSQL database of a campus.</summary>
/// <param name="ConnectionString">How it is reached.</param>
internal sealed record DatabasePlace(string ConnectionString)
{
    /// <summary>The schema of the bus. Those of the states are called as the roles are.</summary>
    public const string Bus = "bus";

    // The database dies and comes again, and a process of the rig should soon see both.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A process that is killed leaves its lease behind: the next one waits for so long.
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    public void SetBus(PostgreSqlBusOptions options)
    {
        Set(options);
        (options.Schema, options.PollInterval) = (Bus, Often);
    }

    public void SetState(PostgreSqlLeasedOptions options, string schema)
    {
        Set(options);
        (options.Schema, options.LeaseTime) = (schema, LeaseTime);
    }

    private void Set(PostgreSqlOptions options) =>
        (options.ConnectionString, options.ConnectTimeout, options.CommandTimeout) = (ConnectionString, Patience, Patience);
}
