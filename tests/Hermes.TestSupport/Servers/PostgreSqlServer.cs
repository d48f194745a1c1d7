using System.Globalization;
using Npgsql;

namespace Hermes.TestSupport.Servers;

/// <summary>A PostgreSQL server with a user that needs a password, to be killed and frozen.</summary>
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

        // What a kill of the processes leaves in the memory of the machine is there again without a wait for the disk.
        var command = new ServerCommand(
            ServerSoftware.Program("postgres", "postgresql"),
            "-D", folder["data"], "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder.Root}", "-c", "fsync=off")
        { InsteadOfRoot = "nobody" };
        var process = await ServerProcess.StartAsync(command, folder["log"], token => AnswersAsync(port, token), TimeSpan.FromSeconds(120), cancellationToken);
        return new PostgreSqlServer(folder, process, port);
    }

    /// <summary>Ends it as a power failure would, with the processes of its sessions, each of which is a process group of its own.</summary>
    public async Task KillAsync()
    {
        Freeze();
        var sessions = SessionProcesses.Of(_process.Id);
        await _process.KillAsync();
        await SessionProcesses.KillAsync(sessions);
    }

    /// <summary>Starts it again on its data.</summary>
    public Task RestartAsync() => _process.StartAsync();

    /// <summary>Lets it and all its sessions hang.</summary>
    public void Freeze()
    {
        _process.Freeze();
        SessionProcesses.Freeze(SessionProcesses.Of(_process.Id));
    }

    /// <summary>Lets it go on.</summary>
    public void Thaw()
    {
        SessionProcesses.Thaw(SessionProcesses.Of(_process.Id));
        _process.Thaw();
    }

    public string ConnectionTo(string database, string user = "hermes", string password = Password) => ConnectionTo(Port, database, user, password);

    /// <summary>Makes a database of its own for a test and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await Statements.RunAsync(ConnectionTo("postgres"), $"CREATE DATABASE {name}");
        return ConnectionTo(name);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string ConnectionTo(int port, string database, string user, string password) =>
        $"Host=127.0.0.1;Port={port};Username={user};Password={password};Database={database};SSL Mode=Disable;Maximum Pool Size=10";

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await Statements.RunAsync(ConnectionTo(port, "postgres", "hermes", Password), "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
