using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hermes.Tool.Tests.Processes;

/// <summary>A supervisor as systemd is one: it is told by a socket that the host is ready, and that it lives.</summary>
public sealed class WatchdogTests : IDisposable
{
    private const string Configuration = """
        Watchdog: { HungAfter: 00:00:03 }
        Servers:
          office:
            PollInterval: 01:00:00
            InitSyncAtFirstPoll: true
            State: { Kind: Sqlite, Path: state/server.db }
            Bus: { Kind: Sqlite, Path: state/bus.db }
            Sources: { files: { Kind: Csv, Path: . } }
            DataTypes:
              - { Name: People, Key: id, Sources: [ { Source: files, Fetch: people.csv, Mapping: { id: id } } ] }
        Clients:
          accounts:
            State: { Kind: Sqlite, Path: state/accounts.db }
            Bus: { Kind: Sqlite, Path: state/bus.db }
            Target: TARGET
            DataTypes:
              - { Name: Person, From: People, Mapping: { cn: id } }

        """;

    private readonly SettingsFolder _folder = new();
    private readonly Socket _supervisor = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Dictionary<string, string> _environment;

    public WatchdogTests()
    {
        var path = Path.Combine(_folder.With("people.csv", "id\n1\n").Path, "notify");
        _supervisor.Bind(new UnixDomainSocketEndPoint(path));
        _environment = new() { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "1000000" };
    }

    [Fact]
    public async Task A_host_that_lives_says_so_until_it_stops()
    {
        _folder.With("hermes.yml", Configuration.Replace("TARGET", "{ Kind: Log }", StringComparison.Ordinal));
        await using var hermes = HermesProcess.Start(_folder.Path, _environment, "run", "hermes.yml");

        await ReceiveAsync("READY=1");
        for (var beat = 0; beat < 10; beat++)
            (await ReceiveAsync()).Should().Be("WATCHDOG=1");
        await hermes.StopAsync();
        await ReceiveAsync("STOPPING=1");
    }

    [Fact]
    public async Task A_part_that_hangs_silences_the_host()
    {
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        var target = $"{{ Kind: Ldap, Url: 'ldap://127.0.0.1:{((IPEndPoint)hole.LocalEndpoint).Port}', Timeout: 00:01:00, "
            + "Entries: { Person: { Base: 'dc=campus', DnAttribute: cn, ObjectClasses: [ device ] } } }";
        _folder.With("hermes.yml", Configuration.Replace("TARGET", target, StringComparison.Ordinal));
        await using var hermes = HermesProcess.Start(_folder.Path, _environment, "run", "hermes.yml");

        await ReceiveAsync("WATCHDOG=1");
        await hermes.UntilAsync(() => hermes.Output.Contains("The client accounts has not answered for", StringComparison.Ordinal), "that it hangs");

        var told = 0;
        while (_supervisor.Poll(TimeSpan.FromSeconds(2), SelectMode.SelectRead) && told++ < 100)
            await ReceiveAsync();
        told.Should().BeLessThan(100, "nothing is told any more");
    }

    [Fact]
    public async Task A_watchdog_of_another_process_is_left_alone()
    {
        _environment["WATCHDOG_PID"] = "1";
        _folder.With("hermes.yml", Configuration.Replace("TARGET", "{ Kind: Log }", StringComparison.Ordinal));
        await using var hermes = HermesProcess.Start(_folder.Path, _environment, "run", "hermes.yml");

        (await ReceiveAsync()).Should().Be("READY=1");
        await hermes.StopAsync();
        (await ReceiveAsync()).Should().Be("STOPPING=1");
    }

    public void Dispose()
    {
        _supervisor.Dispose();
        _folder.Dispose();
    }

    private async Task ReceiveAsync(string wanted)
    {
        while (await ReceiveAsync() != wanted)
        {
        }
    }

    private async Task<string> ReceiveAsync()
    {
        using var bound = new CancellationTokenSource(HermesProcess.Bound);
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, await _supervisor.ReceiveAsync(buffer, bound.Token));
    }
}
