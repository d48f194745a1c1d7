using Hermes.Crash.Host;
using Hermes.Crash.Host.Source;
using Hermes.Crash.Tests.Invariants;

namespace Hermes.Crash.Tests.Rig;

/// <summary>One campus: kills its server and its client, each in a lane of its own, while the source changes; then lets all settle and checks the invariants.</summary>
internal sealed class CampusRun(RigFolder folder, int seed, CampusOptions options, KillStatistics kills)
{
    private static readonly TimeSpan TimeToReachFailpoint = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan TimeToReachFailpointSurely = TimeSpan.FromMinutes(1);

    private readonly KillPlan _server = new(Role.Server, seed, options);
    private readonly KillPlan _client = new(Role.Client, seed, options);
    private readonly Trouble? _trouble = Trouble.Of(options, folder, seed);
    private readonly Random _luck = new(seed);
    private readonly SemaphoreSlim _clientGate = new(1);
    private int _tellingsOfSecrets;

    /// <summary>Kills so many times: at failpoints, and at random moments.</summary>
    public Task<SettledFigures> RunAsync(int count) => RunAsync(_server.AtRandom().Take(count / 2), _client.AtRandom().Take(count - count / 2));

    /// <summary>Kills once at each of these failpoints.</summary>
    public Task<SettledFigures> RunAsync(IReadOnlyCollection<string> failpoints) => RunAsync(
        _server.SurelyAt(failpoints.Intersect(KillPlan.Failpoints(Role.Server))), _client.SurelyAt(failpoints.Intersect(KillPlan.Failpoints(Role.Client))));

    private async Task<SettledFigures> RunAsync(IEnumerable<Launch> server, IEnumerable<Launch> client)
    {
        SourceDatabase.Fill(folder.Source, seed);
        await using (var changer = RigProcess.Start(Role.Changer, folder, _server.Last))
        {
            await changer.SaysAsync("ready");
            await Task.WhenAll(ServerLaneAsync(server, LaneAsync(Role.Client, client)));
        }

        if (_trouble is not null)
            await _trouble.EndAsync();
        await SettleAsync(Role.Server, _server.Last.Calm());
        await SettleAsync(Role.Client, _client.Last.Calm());
        await SettleAsync(Role.Newcomer, _client.Last.Calm());
        foreach (var role in new[] { Role.Server, Role.Client, Role.Newcomer })
            await SoundDatabase.CheckLeftByAsync(role, folder, options);
        return await SettledState.CheckAsync(folder, options, _server.Last.Model, _client.Last.Model, _tellingsOfSecrets);
    }

    // The client must not be left without events: when the kills of the server are over, it works on until those of the client are.
    private async Task ServerLaneAsync(IEnumerable<Launch> launches, Task clientLane)
    {
        await LaneAsync(Role.Server, launches);
        if (clientLane.IsCompletedSuccessfully)
            return;
        _tellingsOfSecrets++;
        await using var server = RigProcess.Start(Role.Server, folder, _server.Last);
        await clientLane;
        await server.KillAsync();
        _tellingsOfSecrets += await SoundDatabase.ReopeningsAsync(server);
    }

    private async Task LaneAsync(Role role, IEnumerable<Launch> launches)
    {
        foreach (var launch in launches)
        {
            if (role == Role.Client)
                await _clientGate.WaitAsync();
            await KillOnceAsync(role, launch);
            SoundState.CheckLeftBy(role, folder);
            await SoundDatabase.CheckLeftByAsync(role, folder, options);
            if (role == Role.Client)
                _clientGate.Release();
            else if (_trouble is not null && _luck.Next(100) < _trouble.Percent)
                await StrikeAsync(_trouble);
        }
    }

    // Between the kills of the server, and while the client is dead too.
    private async Task StrikeAsync(Trouble trouble)
    {
        await _clientGate.WaitAsync();
        foreach (var done in await trouble.StrikeAsync())
            kills.Count(done);
        _clientGate.Release();
    }

    private async Task KillOnceAsync(Role role, Launch launch)
    {
        await using var process = RigProcess.Start(role, folder, launch.Settings, launch.Kill as Kill.At);
        if (role == Role.Server)
            _tellingsOfSecrets += launch.Command is null ? 1 : 2;
        if (launch.Kill is not Kill.Starting)
        {
            await process.SaysAsync("ready");
            if (launch.Command is { } command)
                await process.TellAsync(command);
        }

        await process.EndsWithinAsync(launch.Kill switch
        {
            Kill.Starting starting => starting.After,
            Kill.Running running => running.After,
            Kill.SurelyAt => TimeToReachFailpointSurely,
            _ => TimeToReachFailpoint,
        });
        await CountAsync(role, launch.Kill, process);
        if (role == Role.Server)
            _tellingsOfSecrets += await SoundDatabase.ReopeningsAsync(process);
        SecretKept.Check(options, $"the log of the {role}", await process.Errors);
    }

    private async Task CountAsync(Role role, Kill kill, RigProcess process)
    {
        if (!process.HasExited)
        {
            await process.KillAsync();
            if (kill is Kill.SurelyAt { Failpoint: var failpoint })
                throw new ViolationException("Every failpoint", $"{failpoint} was not reached in {TimeToReachFailpointSurely}.");
            if (kill is Kill.At)
                kills.Missed();
            else
                kills.AtRandom();
            return;
        }

        const int killed = 128 + 9;
        if (kill is not Kill.At at || process.ExitCode != killed)
            throw new ViolationException("Resumable", $"The {role} ended by itself with code {process.ExitCode}. Its log:\n{await process.Errors}");
        kills.AtFailpoint(at.Failpoint);
    }

    private async Task SettleAsync(Role role, RigSettings calm)
    {
        if (role == Role.Server)
            _tellingsOfSecrets++;
        await using var process = RigProcess.Start(role, folder, calm);
        await process.SaysAsync("ready");
        var said = await process.SettledAsync();
        if (role == Role.Server && options.Trouble is not (CampusTrouble.None or CampusTrouble.Cuts))
            await SendInitSyncAsync(process);
        if (role == Role.Client && options.Trouble == CampusTrouble.Rivals)
            await ReinitialiseAsync(process);
        if (options.Trouble != CampusTrouble.Rivals && role != Role.Server && said != "dead letters 0")
            throw new ViolationException("Nothing lost", $"The {role} settled with {said}.");
        if (role != Role.Server)
            return;
        await process.KillAsync();
        _tellingsOfSecrets += await SoundDatabase.ReopeningsAsync(process);
    }

    // As an administrator is told to: where servers with copies of one state have written, a client may follow the wrong one.
    private async Task ReinitialiseAsync(RigProcess client)
    {
        using var state = new SqliteFile(folder.ServerState, isLeftAlone: true);
        await client.TellAsync($"reinitialise {state.Rows("SELECT producer FROM header").Single()[0]}");
        await client.SaysAsync("asked");
        await SettleAsync(Role.Server, _server.Last.Calm());
        await client.SettledAsync();
    }

    // As an administrator is told to: for a client that is behind, and for one that comes, which should not begin with what a stranger told.
    private static async Task SendInitSyncAsync(RigProcess server)
    {
        await server.TellAsync("initsync");
        await server.SaysAsync("sent");
        await server.SettledAsync();
    }
}
