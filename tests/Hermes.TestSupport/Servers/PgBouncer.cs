using System.Globalization;
using Npgsql;

namespace Hermes.TestSupport.Servers;

/// <summary>A pool before a PostgreSQL server that gives each transaction another session.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private readonly ServerDirectory _folder;
    private readonly ServerProcess _process;

    private PgBouncer(ServerDirectory folder, ServerProcess process, string connectionString) => (_folder, _process, ConnectionString) = (folder, process, connectionString);

    /// <summary>The way to the database through the pool.</summary>
    public string ConnectionString { get; }

    public static async Task<PgBouncer> StartAsync(PostgreSqlServer server, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        var folder = new ServerDirectory("pgbouncer");
        var port = FreePorts.Next();
        await File.WriteAllTextAsync(folder["users.txt"], $"\"hermes\" \"{PostgreSqlServer.Password}\"\n", cancellationToken);
        await File.WriteAllTextAsync(
            folder["pgbouncer.ini"],
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host=127.0.0.1 port={server.Port}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {port}
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = {folder["users.txt"]}
                pool_mode = transaction
                default_pool_size = 5
                ignore_startup_parameters = extra_float_digits

                """),
            cancellationToken);
        await folder.GiveToAsync("nobody", cancellationToken);
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Port = port, NoResetOnClose = true }.ConnectionString;
        var command = new ServerCommand(ServerSoftware.Program("pgbouncer", "pgbouncer"), folder["pgbouncer.ini"]) { InsteadOfRoot = "nobody" };
        var process = await ServerProcess.StartAsync(command, folder["log"], _ => AnswersAsync(connection), TimeSpan.FromSeconds(60), cancellationToken);
        return new PgBouncer(folder, process, connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<bool> AnswersAsync(string connectionString)
    {
        try
        {
            await Statements.RunAsync(connectionString, "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
