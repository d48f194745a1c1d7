using Hermes.Crash.Host;
using Hermes.Crash.Host.Source;
using Hermes.Crash.Tests.Invariants;

namespace Hermes.Crash.Tests.Rig;

/// <summary>Kills server and client, each in a lane of its own, while the source changes; then lets all settle and checks the invariants.</summary>
internal sealed class CrashRun(RigFolder folder, int seed)
{
    private const int FaultPercent = 3;
    private static readonly TimeSpan TimeToReachFailpoint = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Retention = TimeSpan.FromSeconds(1);

    private readonly KillPlan _server = new(Role.Server, seed);
    private readonly KillPlan _client = new(Role.Client, seed);
    private readonly Random _changer = new(seed);

    public KillStatistics Kills { get; } = new();

    public void CreateSource()
    {
        SourceDatabase.Create(folder.Source);
        using var connection = SourceDatabase.Open(folder.Source);
        new Changer(connection, new Random(seed)).Fill();
    }

    /// <summary>Kills so many times, settles, and checks.</summary>
    public async Task<SettledState> RunAsync(int kills)
    {
        await using (var changer = RigProcess.Start(Role.Changer, folder, Settings(_changer.Next())))
        {
            await changer.SaysAsync("ready");
            await Task.WhenAll(LaneAsync(Role.Server, _server, kills / 2), LaneAsync(Role.Client, _client, kills - kills / 2));
        }

        await SettleAsync();
        return SettledState.Check(folder);
    }

    private async Task LaneAsync(Role role, KillPlan plan, int kills)
    {
        for (var i = 0; i < kills; i++)
        {
            await KillOnceAsync(role, plan.Next(), Settings(plan.NextSeed()));
            SoundState.CheckLeftBy(role, folder);
        }
    }

    private async Task KillOnceAsync(Role role, Kill kill, RigSettings settings)
    {
        await using var process = RigProcess.Start(role, folder, settings, kill as Kill.At);
        switch (kill)
        {
            case Kill.Starting starting:
                await process.EndsWithinAsync(starting.After);
                break;
            case Kill.Running running:
                await process.SaysAsync("ready");
                await process.EndsWithinAsync(running.After);
                break;
            case Kill.At:
                await process.SaysAsync("ready");
                await process.EndsWithinAsync(TimeToReachFailpoint);
                break;
        }

        if (!process.HasExited)
        {
            await process.KillAsync();
            if (kill is Kill.At)
                Kills.Missed();
            else
                Kills.AtRandom();
            return;
        }

        const int killed = 128 + 9;
        if (kill is not Kill.At at || process.ExitCode != killed)
            throw new ViolationException("Resumable", $"The {role} ended by itself with code {process.ExitCode}. Its log:\n{await process.Errors}");
        Kills.AtFailpoint(at.Failpoint);
    }

    // Nothing fails any more, and what lies in the trashbin is purged.
    private async Task SettleAsync()
    {
        var calm = new RigSettings(seed, 0, TimeSpan.Zero, TimeSpan.Zero);
        await using var server = RigProcess.Start(Role.Server, folder, calm);
        await SettleAsync(Role.Server, server);
        await using var client = RigProcess.Start(Role.Client, folder, calm);
        var said = await SettleAsync(Role.Client, client);
        if (said != "dead letters 0")
            throw new ViolationException("Nothing lost", $"The client settled with {said}.");
    }

    private static async Task<string> SettleAsync(Role role, RigProcess process)
    {
        await process.SaysAsync("ready");
        await process.TellAsync("settle");
        return await process.SaysAsync("settled")
            ?? throw new ViolationException("Resumable", $"The {role} ended while it settled. Its log:\n{await process.Errors}");
    }

    private static RigSettings Settings(int processSeed) => new(processSeed, FaultPercent, Retention, TimeSpan.Zero);
}
