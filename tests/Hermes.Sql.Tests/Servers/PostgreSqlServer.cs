using System.Globalization;
using Hermes.TestSupport.Servers;
using Npgsql;

namespace Hermes.Sql.Tests.Servers;

/// <summary>A PostgreSQL server with a user that needs a password.</summary>
public sealed class PostgreSqlServer : ITestServer<PostgreSqlServer>
{
    public const string Password = "pg-Pa55word-of-tests";
    private readonly ServerDirectory _folder;
    private readonly ServerProcess _process;

    private PostgreSqlServer(ServerDirectory folder, ServerProcess process, int port)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public string ConnectionString => ConnectionTo("postgres");

    public static async Task<PostgreSqlServer> StartAsync(CancellationToken cancellationToken)
    {
        var folder = new ServerDirectory("postgresql");
        var port = FreePorts.Next();
        var passwordFile = folder["password"];
        await File.WriteAllTextAsync(passwordFile, Password, cancellationToken);
        await folder.GiveToAsync("nobody", cancellationToken);
        await Programs.RunAsync(
            new ServerCommand(
                ServerSoftware.Program("initdb", "postgresql"),
                "-D", folder["data"], "-U", "hermes", "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8", "--locale=C", "--no-sync")
            { InsteadOfRoot = "nobody" },
            cancellationToken);
        var command = new ServerCommand(
            ServerSoftware.Program("postgres", "postgresql"),
            "-D", folder["data"], "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder.Root}", "-c", "fsync=off")
        { InsteadOfRoot = "nobody" };
        var process = await ServerProcess.StartAsync(command, folder["log"], token => AnswersAsync(port, token), TimeSpan.FromSeconds(60), cancellationToken);
        return new PostgreSqlServer(folder, process, port);
    }

    /// <summary>Makes a database of its own for a test and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private string ConnectionTo(string database) => ConnectionTo(Port, database);

    private static string ConnectionTo(int port, string database) =>
        $"Host=127.0.0.1;Port={port};Username=hermes;Password={Password};Database={database};Timeout=10;SSL Mode=Disable;Maximum Pool Size=5";

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionTo(port, "postgres"));
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
