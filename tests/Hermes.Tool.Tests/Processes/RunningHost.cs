using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Hermes.Tool.Tests.Processes;

/// <summary>
/// A host that runs, with a server <c>office</c> over a database of people, and the clients <c>folder</c> and <c>table</c>; the table refuses who is called Bob. It answers at the
/// socket <c>hermes.sock</c>.
/// </summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private const string Configuration = """
        Http: { Socket: hermes.sock }
        Servers:
          office:
            PollInterval: 01:00:00
            InitSyncAtFirstPoll: true
            RemovalGuard: { MaxPercent: 10, MinEntries: 1 }
            State: { Kind: Sqlite, Path: state/server.db }
            Bus: &bus { Kind: Sqlite, Path: state/bus.db }
            Sources:
              registry: { Kind: Sql, Provider: Sqlite, ConnectionString: Data Source=registry.db;Pooling=False }
            DataTypes:
              - Name: People
                Key: id
                Sources:
                  - { Source: registry, Fetch: "select id, name from people", Mapping: { id: id, name: name } }
        Clients:
          folder:
            TrashbinRetention: 30.00:00:00
            State: { Kind: Sqlite, Path: state/folder.db }
            Bus: *bus
            Target: { Kind: Folder, Folder: target }
            DataTypes:
              - Name: Card
                From: People
                Mapping: { id: id, label: "{{ name }} ({{ id }})" }
          table:
            TargetRetries: 0
            State: { Kind: Sqlite, Path: state/table.db }
            Bus: *bus
            Target: { Kind: Table, Provider: Sqlite, ConnectionString: Data Source=target.db;Pooling=False }
            DataTypes:
              - Name: Person
                From: People
                Mapping: { id: id, name: name }

        """;

    private readonly SettingsFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];
    private HermesProcess? _process;

    private RunningHost()
    {
    }

    /// <summary>The folder in which it runs, and so do the commands.</summary>
    public string Folder => _folder.Path;

    /// <summary>All that the host wrote.</summary>
    public string Output => _process!.Output;

    /// <summary>Starts it, and waits until all entries are where they should be.</summary>
    public static async Task<RunningHost> StartAsync(string? http = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var host = new RunningHost();
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            host._environment[name] = value;
        host._folder.With("hermes.yml", http is null ? Configuration : Configuration.Replace("Http: { Socket: hermes.sock }", $"Http: {{ {http} }}", StringComparison.Ordinal));
        host.Sql("registry.db", "create table people (id text primary key, name text); insert into people values ('1', 'Ada'), ('2', 'Bob'), ('3', 'Cid')");
        host.Sql("target.db", "create table Person (id text primary key, name text check (name <> 'Bob'))");
        await host.RunAsync();
        return host;
    }

    /// <summary>Starts it again, such as after it was killed.</summary>
    public async Task RunAsync()
    {
        _process = HermesProcess.Start(Folder, _environment, "run", "hermes.yml");
        await _process.UntilAsync(
            () => Output.Contains("Answers at", StringComparison.Ordinal) && Cards.Count == 3 && Count("target.db", "Person") == 2, "the entries in both targets");
    }

    /// <summary>Asks it to end, and waits for that.</summary>
    public Task<(int Code, string Output)> StopAsync() => _process!.StopAsync();

    /// <summary>Ends it as a power cut does.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    /// <summary>The labels of the cards in the folder.</summary>
    public IReadOnlyList<string> Cards => !Directory.Exists(Path.Combine(Folder, "target", "Card")) ? []
        : [.. Directory.EnumerateFiles(Path.Combine(Folder, "target", "Card"), "*.json").Select(LabelOf).Order(StringComparer.Ordinal)];

    /// <summary>Runs a command beside it.</summary>
    public Task<(int Code, string Output)> HermesAsync(params string[] arguments) => HermesProcess.RunAsync(Folder, arguments);

    /// <summary>Runs a command that answers in JSON and does what it should.</summary>
    public async Task<JsonNode> JsonAsync(params string[] arguments)
    {
        var (code, output) = await HermesAsync([.. arguments, "--json"]);
        code.Should().Be(0, output);
        return JsonNode.Parse(output)!;
    }

    /// <summary>Waits for something that it does.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => _process!.UntilAsync(condition, what);

    /// <summary>How many rows a table has.</summary>
    public long Count(string file, string table) => (long)Sql(file, $"select count(*) from {table}")!;

    /// <summary>Runs a statement on a database of its folder.</summary>
    public object? Sql(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string LabelOf(string file) => (string)JsonNode.Parse(File.ReadAllText(file))!.AsObject().ToString().Split("\"label\": \"")[1].Split('"')[0];
}
