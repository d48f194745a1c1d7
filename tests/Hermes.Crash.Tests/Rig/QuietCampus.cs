using Hermes.Crash.Host;
using Hermes.Crash.Host.Source;
using Hermes.Crash.Tests.Invariants;

namespace Hermes.Crash.Tests.Rig;

/// <summary>A campus whose source changes only when told: the ground on which a single thing goes wrong. Server and client are processes of their own.</summary>
internal sealed class QuietCampus : IDisposable
{
    private readonly int _seed;
    private int _changes;

    public QuietCampus(CampusOptions? options = null)
    {
        _seed = Random.Shared.Next();
        Options = options ?? CampusOptions.Plain;
        Calm = new RigSettings(_seed, 0, CampusModel.Plain, TimeSpan.Zero, Options).Calm();
        Folder = new RigFolder(Directory.CreateTempSubdirectory("hermes-crash-").FullName);
        SourceDatabase.Fill(Folder.Source, _seed);
    }

    public CampusOptions Options { get; }

    public RigFolder Folder { get; }

    /// <summary>Settings with which nothing goes wrong.</summary>
    public RigSettings Calm { get; }

    public static async Task<QuietCampus> SettledAsync()
    {
        var campus = new QuietCampus();
        await campus.SettleAsync();
        return campus;
    }

    public void ChangeSource(int transactions = 5) => SourceDatabase.Change(Folder.Source, _seed + ++_changes, transactions);

    public RigProcess Start(Role role, RigSettings? settings = null) => RigProcess.Start(role, Folder, settings ?? Calm);

    public async Task<RigProcess> StartedAsync(Role role, RigSettings? settings = null)
    {
        var process = Start(role, settings);
        await process.SaysAsync("ready");
        return process;
    }

    /// <summary>Lets a server and then a client do all that there is to do, and stops them.</summary>
    public async Task SettleAsync()
    {
        foreach (var role in new[] { Role.Server, Role.Client })
        {
            await using var process = await StartedAsync(role);
            await process.SettledAsync();
            (await process.StopAsync()).Should().Be(0);
        }
    }

    /// <summary>Checks all invariants, after everything has settled and a client that is new has caught up too.</summary>
    public async Task ShouldHaveLostNothingAsync()
    {
        await SettleAsync();
        await using (var newcomer = await StartedAsync(Role.Newcomer))
            await newcomer.SettledAsync();
        await SettledState.CheckAsync(Folder, Options, CampusModel.Plain, CampusModel.Plain, tellingsOfSecrets: int.MaxValue);
    }

    public void Dispose() => Directory.Delete(Folder.Path, recursive: true);
}
