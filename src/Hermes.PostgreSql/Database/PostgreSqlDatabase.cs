using Npgsql;

namespace Hermes.PostgreSql.Database;

/// <summary>
/// A database, and the schema in it that holds the tables of one part. Nothing is said to a session that must still hold in its next transaction (no
/// <c>SET</c>, no prepared statements), so that a pool between may give each transaction another session.
/// </summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable
{
    /// <summary>
    /// Makes the commit of a transaction wait for the disk: a database whose commits return before that would take back in a power cut what was told as stored.
    /// </summary>
    public const string WaitForDisk = "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

    private readonly NpgsqlDataSource _source;

    /// <param name="options">How it is reached.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="applicationName">What the sessions are called in <c>pg_stat_activity</c>.</param>
    public PostgreSqlDatabase(PostgreSqlOptions options, string schema, string applicationName)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = applicationName,
            Timeout = (int)Math.Ceiling(options.ConnectTimeout.TotalSeconds),
            CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds),

            // Nothing is left in a session that would have to be put back.
            NoResetOnClose = true,
            Enlist = false,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
        };
        (Schema, Address, User) = (schema, $"{connection.Host}:{connection.Port}/{connection.Database ?? connection.Username}", connection.Username ?? "");
        Quoted = Quote(schema);
        Place = $"schema '{schema}' of the PostgreSQL database {Address}";
        _source = new NpgsqlDataSourceBuilder(connection.ConnectionString).Build();
    }

    /// <summary>The name of the schema.</summary>
    public string Schema { get; }

    /// <summary>The name of the schema as it stands before the name of a table.</summary>
    public string Quoted { get; }

    /// <summary>The host, the port and the database, for messages and logs: never with a credential.</summary>
    public string Address { get; }

    /// <summary>The user, for messages.</summary>
    public string User { get; }

    /// <summary>The schema and its database, for messages and logs.</summary>
    public string Place { get; }

    /// <summary>A connection, which its caller disposes.</summary>
    /// <exception cref="NpgsqlException">It could not be made.</exception>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>Forgets the connections that nobody uses: they may lead to a server that is gone.</summary>
    public void ForgetIdle() => _source.Clear();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>A name as an identifier of SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
