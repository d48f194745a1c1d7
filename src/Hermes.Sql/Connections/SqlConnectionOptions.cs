using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Hermes.Sql.Connections;

/// <summary>
/// How a database is reached: in code by one of the <c>Connect</c> methods, in configuration by a provider's name and a connection string.
/// </summary>
public abstract class SqlConnectionOptions
{
    /// <summary>
    /// The name under which the driver's <see cref="DbProviderFactory"/> was registered (<c>AddSqlProvider</c>, or
    /// <see cref="DbProviderFactories.RegisterFactory(string, DbProviderFactory)"/>). Not needed after a <c>Connect</c> method.
    /// </summary>
    public string? Provider { get; set; }

    /// <summary>The connection string, as the driver understands it. It appears in no log, message or exception.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The SQL dialect. Default: told from the driver.</summary>
    public SqlDialect Dialect { get; set; } = SqlDialect.Auto;

    /// <summary>How long one command may take before it fails, as the driver counts it. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The converter of TimeSpan is the framework's own and stays.")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What was set by a <c>Connect</c> method.</summary>
    internal Func<DbConnection>? Connections { get; private set; }

    /// <summary>Opens connections of this driver with this connection string.</summary>
    /// <exception cref="ArgumentException">The driver does not accept the connection string. The message does not show it.</exception>
    public void Connect(DbProviderFactory factory, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        Connections = () =>
        {
            var connection = factory.CreateConnection()
                ?? throw new InvalidOperationException($"The provider {factory.GetType().Name} makes no connections.");
            connection.ConnectionString = connectionString;
            return connection;
        };
        RequireAccepted(Connections);
    }

    /// <summary>Takes connections from this data source, which the caller disposes of.</summary>
    public void Connect(DbDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        Connections = dataSource.CreateConnection;
    }

    /// <summary>Takes connections from this function: a new one each time, open or not. They are disposed of after use.</summary>
    public void Connect(Func<DbConnection> createConnection)
    {
        ArgumentNullException.ThrowIfNull(createConnection);
        Connections = createConnection;
    }

    private static void RequireAccepted(Func<DbConnection> connections)
    {
        try
        {
            connections().Dispose();
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException)
        {
            // The driver's own exception is left out: some show the part that they do not accept.
            throw new ArgumentException("The driver does not accept the connection string. Correct it, as the driver's documentation describes.");
        }
    }
}
