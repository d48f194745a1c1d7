using Hermes.Crash.Host;
using Hermes.Crash.Tests.Invariants;
using Hermes.Crash.Tests.Rig;
using Hermes.Runtime.Control;
using Hermes.TestSupport.Servers;

namespace Hermes.Crash.Tests.Standby;

/// <summary>A server or client in two hosts, with one state: one at work, the other standing by.</summary>
internal sealed class HostPair(Role role, RigFolder folder, RigSettings settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Hosts = ["-a", "-b"];

    private readonly RigProcess?[] _processes = new RigProcess?[2];

    /// <summary>The name of the state.</summary>
    public string Place => role.Word();

    /// <summary>Starts the first one, and the second when that is at work.</summary>
    public async Task StartAsync()
    {
        Start(0);
        await UntilAsync(async () => IsAtWork(await StateAsync(0)), "to begin");
        if (role == Role.Client)
            CopyKey();
        Start(1);
        await HolderAsync();
    }

    /// <summary>Which one is at work, as soon as exactly one is and the other one stands by.</summary>
    public async Task<int> HolderAsync()
    {
        var holder = -1;
        await UntilAsync(
            async () =>
            {
                RunState?[] states = [await StateAsync(0), await StateAsync(1)];
                holder = Array.FindIndex(states, IsAtWork);
                return holder >= 0 && states[1 - holder] == RunState.WaitingForState;
            },
            "to have one at work and one standing by");
        return holder;
    }

    public Task KillAsync(int host) => _processes[host]!.KillAsync();

    public async Task StopAsync(int host) => (await _processes[host]!.StopAsync()).Should().Be(0);

    public void Freeze(int host) => SessionProcesses.Freeze([_processes[host]!.Id]);

    public void Thaw(int host) => SessionProcesses.Thaw([_processes[host]!.Id]);

    /// <summary>Starts one again that has ended.</summary>
    public async Task ReplaceAsync(int host)
    {
        await _processes[host]!.DisposeAsync();
        Start(host);
    }

    /// <summary>Ends both, first the one that stands by.</summary>
    public async Task EndAsync()
    {
        var holder = await HolderAsync();
        await StopAsync(1 - holder);
        await StopAsync(holder);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.OfType<RigProcess>())
            await process.DisposeAsync();
    }

    private static bool IsAtWork(RunState? state) => state is RunState.Working or RunState.Waiting;

    private void Start(int host) => _processes[host] = RigProcess.Start(role, folder, settings with { Host = Hosts[host] });

    private async Task<RunState?> StateAsync(int host)
    {
        var process = _processes[host]!;
        await process.TellAsync("state");
        return await process.SaysAsync("state") is { } state
            ? Enum.Parse<RunState>(state)
            : throw new ViolationException("Stands by", $"The {role} on {Hosts[host]} ended by itself. Its log:\n{await process.Errors}");
    }

    // As an administrator does who lets the client run on another machine, too.
    private void CopyKey()
    {
        var (first, second) = (folder with { Host = Hosts[0] }, folder with { Host = Hosts[1] });
        Directory.CreateDirectory(second.ClientFiles);
        File.Copy(Path.Combine(first.ClientFiles, $"{Place}.key"), Path.Combine(second.ClientFiles, $"{Place}.key"));
    }

    private Task UntilAsync(Func<Task<bool>> condition, string what) => Polling.UntilAsync(_ => condition(), Patience, $"the {role} {what}");
}
