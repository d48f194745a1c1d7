using Hermes.Crash.Host;
using Hermes.Crash.Host.Client;
using Hermes.Crash.Host.Source;
using Hermes.Crash.Tests.Invariants;
using Hermes.Crash.Tests.Rig;
using Hermes.TestSupport.Servers;

namespace Hermes.Crash.Tests.Standby;

/// <summary>A campus whose server and client run in two hosts each, with bus and states in PostgreSQL. What is at work is struck in rounds, while the source changes.</summary>
internal sealed class StandbyCampus : IAsyncDisposable
{
    private const string Database = "campus";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RigFolder _folder = new(Directory.CreateTempSubdirectory("hermes-standby-").FullName);
    private readonly List<(DateTime From, DateTime To)> _quiet = [];
    private readonly PostgreSqlServer _server;
    private readonly RigSettings _settings;
    private readonly LeaseAudit _audit;
    private readonly HostPair[] _pairs;
    private RigProcess? _changer;

    private StandbyCampus(PostgreSqlServer server, int seed)
    {
        _server = server;
        var database = new DatabasePlace(server.ConnectionTo(Database));
        Options = CampusOptions.Plain with
        {
            Secret = CampusOptions.Password,
            Target = CampusTarget.Folder,
            Bus = CampusBus.PostgreSql,
            State = CampusState.PostgreSql,
            Database = database,
        };
        _settings = new RigSettings(seed, 0, CampusModel.Plain, TimeSpan.Zero, Options).Calm();
        _audit = new LeaseAudit(database);
        _pairs = [new HostPair(Role.Server, _folder, _settings), new HostPair(Role.Client, _folder, _settings)];
        SourceDatabase.Fill(_folder.Source, seed);
    }

    public CampusOptions Options { get; }

    public TakeOverTimes Times { get; } = new();

    public static async Task<StandbyCampus> StartAsync(int seed)
    {
        var server = await PostgreSqlServer.StartAsync(CancellationToken.None);
        await Statements.RunAsync(server.ConnectionString, $"CREATE DATABASE {Database}");
        var campus = new StandbyCampus(server, seed);
        foreach (var pair in campus._pairs)
            await pair.StartAsync();
        await campus._audit.BeginAsync();
        campus._changer = RigProcess.Start(Role.Changer, campus._folder, campus._settings);
        await campus._changer.SaysAsync("ready");
        return campus;
    }

    /// <summary>Strikes the server or the client once and waits until somebody is at work again, and somebody stands by.</summary>
    public async Task RoundAsync(Role role, Strike strike)
    {
        var pair = _pairs[role == Role.Server ? 0 : 1];
        var holder = await pair.HolderAsync();
        var (now, term) = await _audit.NowAsync(pair.Place);

        // What strikes the database strikes the client as well.
        var isOfClient = role == Role.Client || strike is Strike.EndSessions or Strike.Restart;
        if (isOfClient)
            EndQuiet(now);
        await StrikeAsync(pair, holder, strike);
        var back = await BackAtWorkAsync(pair.Place, now, strike is Strike.EndSessions or Strike.Restart ? term : term + 1);
        Times.Add(strike, back - now);
        if (strike == Strike.Freeze)
            pair.Thaw(holder);
        else if (strike is Strike.Kill or Strike.Stop)
            await pair.ReplaceAsync(holder);
        await pair.HolderAsync();
        if (!isOfClient)
            return;
        if (role == Role.Client)
        {
            _quiet.Add((back, DateTime.MaxValue));
            return;
        }

        await _pairs[1].HolderAsync();
        _quiet.Add(((await _audit.NowAsync(pair.Place)).Now, DateTime.MaxValue));
    }

    /// <summary>Lets all settle, and checks that nothing is lost and that one was at work at a time.</summary>
    /// <returns>What was checked.</returns>
    public async Task<string> SettleAsync()
    {
        await _changer!.KillAsync();
        EndQuiet((await _audit.NowAsync(_pairs[1].Place)).Now);
        foreach (var pair in _pairs)
            await pair.EndAsync();
        foreach (var role in new[] { Role.Server, Role.Client })
        {
            await using var process = RigProcess.Start(role, _folder, _settings with { Host = "-a" });
            await process.SettledAsync();
            (await process.StopAsync()).Should().Be(0);
            await SoundDatabase.CheckLeftByAsync(role, _folder, Options);
        }

        using var source = new SqliteFile(_folder.Source);
        var bus = BusReplay.Of(await BusContent.ReadAsync(_folder, Options), Options);
        bus.Entries.Should().BeEquivalentTo(SourceProjection.Server(source, CampusModel.Plain), "nothing is lost on the bus");
        var target = TargetContent.Of(_folder, Options, mayHaveTrash: false)!;
        target.Entries.Should().BeEquivalentTo(SourceProjection.Client(source, CampusModel.Plain, CampusModel.Plain), "nothing is lost on the target");
        target.Secrets.Should().BeEquivalentTo(SourceProjection.Secrets(source, "Account"));
        return $"{await _audit.CheckAsync()} commits, {bus.Events} events, {CheckCalls()} calls";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pair in _pairs)
            await pair.DisposeAsync();
        if (_changer is not null)
            await _changer.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder.Path, recursive: true);
    }

    private void EndQuiet(DateTime now)
    {
        if (_quiet is [.., var last])
            _quiet[^1] = last with { To = now };
    }

    private async Task StrikeAsync(HostPair pair, int holder, Strike strike)
    {
        switch (strike)
        {
            case Strike.Kill:
                await pair.KillAsync(holder);
                break;
            case Strike.Freeze:
                pair.Freeze(holder);
                break;
            case Strike.Stop:
                await pair.StopAsync(holder);
                break;
            case Strike.EndSessions:
                await Statements.RunAsync(_server.ConnectionString, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'hermes-%'");
                break;
            default:
                await _server.KillAsync();
                await _server.RestartAsync();
                break;
        }
    }

    private async Task<DateTime> BackAtWorkAsync(string place, DateTime after, long term)
    {
        DateTime? back = null;
        await Polling.UntilAsync(
            async _ => (back = await _audit.FirstCommitAsync(place, after, term)) is not null, Patience, $"the {place} to work again");
        return back!.Value;
    }

    // From a take-over to the next strike, calls of the target are begun by one process alone, whatever the other one does meanwhile.
    private int CheckCalls()
    {
        List<JournalLine> calls =
        [
            .. new[] { "-a", "-b" }.SelectMany(host => JournalFile.Read((_folder with { Host = host }).Journal)).Where(line => line.Act == JournalAct.Call),
        ];
        foreach (var (from, to) in _quiet)
        {
            var callers = calls.Where(call => call.Time.UtcDateTime > from && call.Time.UtcDateTime < to).Select(call => call.Process).Distinct().ToList();
            if (callers.Count > 1)
                throw new ViolationException("One at work", $"Between {from:O} and {to:O} calls were begun by the processes {string.Join(" and ", callers)}.");
        }

        return calls.Count;
    }
}
