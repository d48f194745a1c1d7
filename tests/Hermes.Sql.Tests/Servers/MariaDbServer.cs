using System.Globalization;
using Hermes.TestSupport.Servers;
using MySqlConnector;

namespace Hermes.Sql.Tests.Servers;

/// <summary>A MariaDB server with a user that needs a password.</summary>
public sealed class MariaDbServer : ITestServer<MariaDbServer>
{
    public const string Password = "my-Pa55word-of-tests";
    private readonly ServerDirectory _folder;
    private readonly ServerProcess _process;

    private MariaDbServer(ServerDirectory folder, ServerProcess process, int port)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public string ConnectionString => ConnectionTo(Port, "hermes", Password, "mysql");

    public static async Task<MariaDbServer> StartAsync(CancellationToken cancellationToken)
    {
        var folder = new ServerDirectory("mariadb");
        var port = FreePorts.Next();
        await folder.GiveToAsync("mysql", cancellationToken);
        await Programs.RunAsync(
            new ServerCommand(
                ServerSoftware.Program("mariadb-install-db", "mariadb"),
                "--no-defaults", "--user=mysql", $"--datadir={folder["data"]}", "--auth-root-authentication-method=normal", "--skip-test-db"),
            cancellationToken);
        var command = new ServerCommand(
            ServerSoftware.Program("mariadbd", "mariadb"),
            "--no-defaults", $"--datadir={folder["data"]}", $"--socket={folder["s"]}", $"--pid-file={folder["pid"]}", "--bind-address=127.0.0.1",
            $"--port={port.ToString(CultureInfo.InvariantCulture)}", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0")
        { InsteadOfRoot = "mysql" };
        var process = await ServerProcess.StartAsync(command, folder["log"], token => AnswersAsync(port, token), TimeSpan.FromSeconds(60), cancellationToken);
        await RunAsync(ConnectionTo(port, "root", "", "mysql"), $"CREATE USER hermes IDENTIFIED BY '{Password}'; GRANT ALL ON *.* TO hermes");
        return new MariaDbServer(folder, process, port);
    }

    /// <summary>Makes a database of its own for a test and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await RunAsync(ConnectionString, $"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
        return ConnectionTo(Port, "hermes", Password, name);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string ConnectionTo(int port, string user, string password, string database) =>
        $"Server=127.0.0.1;Port={port};User ID={user};Password={password};Database={database};"
        + "SslMode=None;Pooling=false;ConnectionTimeout=10";

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new MySqlConnection(ConnectionTo(port, "root", "", "mysql"));
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }
}
