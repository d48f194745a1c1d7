using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.Servers;

/// <summary>A schema for the state of one test, on the server that tests share.</summary>
public abstract class StateDatabase
{
    private readonly Lazy<string> _connectionString;

    // The suites ask for their store without waiting.
    protected StateDatabase(SharedServer<PostgreSqlServer> shared) => _connectionString = new(() => Started(shared).ConnectionTo("postgres"));

    public string ConnectionString => _connectionString.Value;

    public string Schema { get; } = $"state_{Guid.NewGuid():N}";

    public void Run(string sql) => Statements.Run(ConnectionString, sql.Replace("{0}", Schema, StringComparison.Ordinal));

    public Task<T> ScalarAsync<T>(string sql) => Statements.ScalarAsync<T>(ConnectionString, sql.Replace("{0}", Schema, StringComparison.Ordinal));

    /// <summary>Lets the lease of the state run out, as if its holder stood still.</summary>
    public void RunOut() => Run("UPDATE {0}.lease SET expires = '-infinity'");

    private static PostgreSqlServer Started(SharedServer<PostgreSqlServer> shared) => Task.Run(shared.GetAsync).GetAwaiter().GetResult();
}

/// <summary>A schema for the state of a server.</summary>
public sealed class ServerStateDatabase(SharedServer<PostgreSqlServer> shared) : StateDatabase(shared);

/// <summary>A schema for the state of a client, and the folders of the machines that it runs on.</summary>
public sealed class ClientStateDatabase(SharedServer<PostgreSqlServer> shared) : StateDatabase(shared), IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("hermes-client-").FullName;

    public string Folder(string machine = "a") => Path.Combine(_root, machine);

    /// <summary>What an administrator does who lets the client run on another machine, too.</summary>
    public void CopyKey(string machine)
    {
        Directory.CreateDirectory(Folder(machine));
        File.Copy(Path.Combine(Folder(), Schema + ".key"), Path.Combine(Folder(machine), Schema + ".key"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
