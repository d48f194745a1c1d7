using System.Net.Sockets;
using System.Text;
using Hermes.TestSupport;
using Microsoft.Data.Sqlite;

namespace Hermes.Tool.Tests.Processes;

/// <summary><c>hermes run</c> as a process: what it does to a target, and how it ends.</summary>
public sealed class RunTests : IDisposable
{
    private const string Configuration = """
        Servers:
          office:
            PollInterval: 00:00:00.2
            InitSyncAtFirstPoll: true
            RemovalGuard: { Enabled: false }
            State: { Kind: Sqlite, Path: state/server.db }
            Bus: &bus { Kind: Sqlite, Path: state/bus.db }
            Sources:
              files: { Kind: Csv, Path: . }
            DataTypes:
              - Name: People
                Key: id
                Sources:
                  - { Source: files, Fetch: people.csv, Mapping: { id: id, name: name } }
        Clients:
          folder:
            State: { Kind: Sqlite, Path: state/folder.db }
            Bus: *bus
            Target: { Kind: Folder, Folder: target }
            DataTypes:
              - Name: Person
                From: People
                Mapping: { id: id, label: "{{ name }} ({{ id }})" }
          table:
            State: { Kind: Sqlite, Path: state/table.db }
            Bus: *bus
            Target: { Kind: Table, Provider: Sqlite, ConnectionString: "${env:TARGET}" }
            DataTypes:
              - Name: Person
                From: People
                Mapping: { id: id, name: name }
        """;

    private readonly SettingsFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public RunTests()
    {
        _folder.With("hermes.yml", Configuration).With("people.csv", "id,name\n1,Ada\n2,Bob\n");
        _environment = new() { ["TARGET"] = $"Data Source={Path.Combine(_folder.Path, "target.db")};Pooling=False" };
        Sql("create table Person (id text primary key, name text)");
    }

    [Fact]
    public async Task Changes_of_a_source_arrive_in_all_targets_and_it_ends_well_when_asked_to()
    {
        await using var hermes = HermesProcess.Start(_folder.Path, _environment, "run", "hermes.yml");
        await hermes.UntilAsync(() => Folder("Ada (1)", "Bob (2)") && Table("1=Ada,2=Bob"), "the entries in both targets");

        _folder.With("people.csv", "id,name\n1,Ada King\n3,Cid\n");
        await hermes.UntilAsync(() => Folder("Ada King (1)", "Cid (3)") && Table("1=Ada King,3=Cid"), "the changes in both targets");

        var (code, output) = await hermes.StopAsync();
        code.Should().Be(0, output);
        output.Should().NotContain("\u001b", "nothing is coloured in a file");
    }

    [Fact]
    public async Task It_goes_on_from_its_state_when_it_is_run_again()
    {
        await using (var first = HermesProcess.Start(_folder.Path, _environment, "run", "hermes.yml"))
        {
            await first.UntilAsync(() => Folder("Ada (1)", "Bob (2)"), "the entries");
            (await first.StopAsync()).Code.Should().Be(0);
        }

        _folder.With("people.csv", "id,name\n2,Bob\n");
        await using var second = HermesProcess.Start(_folder.Path, _environment, "run", "hermes.yml", "--set", "Clients:folder:DataTypes:0:Mapping:label={{ name }}");
        await second.UntilAsync(() => Folder("Bob"), "the changes of data and of the configuration");
        (await second.StopAsync()).Code.Should().Be(0);
    }

    [Fact]
    public async Task A_supervisor_is_told_when_it_is_ready_and_when_it_stops()
    {
        var path = Path.Combine(_folder.Path, "notify");
        using var supervisor = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        supervisor.Bind(new UnixDomainSocketEndPoint(path));
        _environment["NOTIFY_SOCKET"] = path;

        await using var hermes = HermesProcess.Start(_folder.Path, _environment, "run", "hermes.yml");

        (await ReceiveAsync(supervisor)).Should().Be("READY=1");
        await hermes.StopAsync();
        (await ReceiveAsync(supervisor)).Should().Be("STOPPING=1");
    }

    [Fact]
    public async Task A_configuration_with_mistakes_runs_nothing()
    {
        _folder.With("hermes.yml", Configuration.Replace("PollInterval", "PollIntervall", StringComparison.Ordinal));

        var (code, output) = await HermesProcess.RunAsync(_folder.Path, "run", "hermes.yml");

        code.Should().Be(78);
        output.Should().Contain("hermes.yml:3:5: Servers:office:PollIntervall: This setting is unknown.").And.Contain("Did you mean PollInterval?")
            .And.Contain("The environment variable TARGET is not set.").And.Contain("Nothing is run: 3 errors");
        Directory.Exists(Path.Combine(_folder.Path, "state")).Should().BeFalse();
    }

    [Fact]
    public async Task A_state_that_cannot_be_opened_lets_the_start_fail()
    {
        await using var hermes = HermesProcess.Start(_folder.Path, _environment, "run", "hermes.yml", "--set", "Servers:office:State:Path=people.csv/server.db");

        var (code, output) = await hermes.EndAsync();

        code.Should().Be(1, output);
        output.Should().Contain("The host broke off: ");
    }

    [Fact]
    public async Task The_university_of_the_sample_is_kept_in_step_by_its_yaml_too()
    {
        await using (var sample = HermesProcess.StartAssembly(HermesProcess.Built("QuickStart"), _folder.Path, _environment))
            (await sample.EndAsync()).Code.Should().Be(0);
        var target = Path.Combine(_folder.Path, "quickstart-data", "target");
        var accounts = Path.Combine(target, "Account");
        Directory.EnumerateFiles(accounts).Should().NotBeEmpty();
        var before = File.ReadAllText(Directory.EnumerateFiles(accounts).Order(StringComparer.Ordinal).First());
        before.Should().NotContain("Hopper-Lovelace");

        await using var hermes = HermesProcess.Start(_folder.Path, _environment, "run", RepositoryFiles.PathOf("samples/QuickStart/hermes.yml"));
        Sql("update people set last_name = 'Hopper-Lovelace' where left_on is null", Path.Combine("quickstart-data", "university.db"));
        await hermes.UntilAsync(
            () => Directory.EnumerateFiles(accounts, "*.json").All(file => File.ReadAllText(file).Contains("Hopper-Lovelace", StringComparison.Ordinal)),
            "the new name in all files");
        (await hermes.StopAsync()).Code.Should().Be(0);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[256];
        using var limit = new CancellationTokenSource(HermesProcess.Bound);
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }

    private bool Folder(params string[] labels)
    {
        var folder = new DirectoryInfo(Path.Combine(_folder.Path, "target", "Person"));
        if (!folder.Exists)
            return false;
        var files = folder.GetFiles("*.json");
        return files.Length == labels.Length && labels.All(label => files.Any(file => File.ReadAllText(file.FullName).Contains($"\"{label}\"", StringComparison.Ordinal)));
    }

    private bool Table(string rows) => Sql("select group_concat(id || '=' || name) from (select * from Person order by id)") == rows;

    private string? Sql(string sql, string file = "target.db")
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
