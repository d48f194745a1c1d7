using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.State;
using Hermes.Crash.Host.Source;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Crash.Host;

/// <summary>What the processes of the rig do, apart from what they are killed at.</summary>
internal static class Roles
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    public static async Task ChangeAsync(RigFolder folder, RigSettings settings, CancellationToken stopping)
    {
        using var connection = SourceDatabase.Open(folder.Source);
        var changer = new Changer(connection, new Random(settings.Seed));
        while (!stopping.IsCancellationRequested)
        {
            changer.Change();
            await Task.Delay(Pause, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does what the driver says.</summary>
    /// <returns>What to answer.</returns>
    public static async Task<string> ObeyAsync(string command, string role, IServiceProvider services) => (command.Split(' ')[0], role) switch
    {
        ("settle", "server") => $"settled {await WhateverHappensToTheBusAsync(() => SettleServerAsync(services))}",
        ("settle", _) => $"settled {await WhateverHappensToTheBusAsync(() => SettleClientAsync(services))}",
        ("state", "server") => $"state {services.GetRequiredService<IHermesServerControl>().Status.State}",
        ("state", _) => $"state {services.GetRequiredService<IHermesClientControl>().Status.State}",
        ("wait", "client") => $"idle {await WaitForClientAsync(services)}",
        ("reinitialise", "client") => await ReinitialiseAsync(command.Split(' ')[1], services),
        ("initsync", "server") => $"sent {await WhateverHappensToTheBusAsync(() => services.GetRequiredService<IHermesServerControl>().InitSyncAsync())}",
        _ => throw new ArgumentException($"A {role} does not know '{command}'.", nameof(command)),
    };

    // A broker or a database is killed while others settle, too: who asks is told, and asks again.
    private static async Task<T> WhateverHappensToTheBusAsync<T>(Func<Task<T>> work)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (exception is NotRunningException or BusException or ServerStateException or ClientStateException or OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"Asked again: {exception.Message}");
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    /// <summary>Ends when the state is open: its lease may be that of a process that was killed, and its database may be down.</summary>
    public static async Task WhenAtWorkAsync(IServiceProvider services)
    {
        var (server, client) = (services.GetService<IHermesServerControl>(), services.GetService<IHermesClientControl>());
        while ((server?.Status.State ?? client!.Status.State) is RunState.NotStarted or RunState.Starting or RunState.WaitingForState)
            await Task.Delay(Pause, TimeProvider.System);
    }

    private static async Task<string> ReinitialiseAsync(string producer, IServiceProvider services)
    {
        await services.GetRequiredService<IHermesClientControl>().ReinitialiseAsync("the rivals of its server are gone", producer);
        return "asked";
    }

    /// <summary>Polls until all that changed is on the bus.</summary>
    private static async Task<string> SettleServerAsync(IServiceProvider services)
    {
        var control = services.GetRequiredService<IHermesServerControl>();
        while (true)
        {
            var result = await control.UpdateAsync();
            if (result.Succeeded && control.Status.OutboxLength == 0)
                return "outbox 0";
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Waits until the client has read everything, and tries its error queue until nothing is left.</summary>
    private static async Task<string> SettleClientAsync(IServiceProvider services)
    {
        var control = services.GetRequiredService<IHermesClientControl>();
        while (true)
        {
            await control.WhenCaughtUpAsync();
            await (await control.RetryAsync(EventSelection.All, new DecidedBy("rig", "the run is at its end"))).Completion;
            var trashed = (await control.ListTrashbinAsync()).Items;
            if (control.Status.QueuedEvents == 0 && trashed.Length == 0)
                return $"dead letters {control.Status.DeadLetters}";
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Waits until the client has read everything, and its queue and trashbin have become empty in their own time.</summary>
    private static async Task<string> WaitForClientAsync(IServiceProvider services)
    {
        var control = services.GetRequiredService<IHermesClientControl>();
        await control.WhenCaughtUpAsync();
        while (control.Status.QueuedEvents > 0 || (await control.ListTrashbinAsync()).Items.Length > 0)
            await Task.Delay(Pause, TimeProvider.System);
        return $"at {control.Status.NextOffset}";
    }

    /// <summary>Ends when the client says that it cannot go on without help.</summary>
    public static async Task<string> WhenHelpIsNeededAsync(IServiceProvider services, CancellationToken stopping)
    {
        var control = services.GetService<IHermesClientControl>();
        while (control?.Status.State != RunState.Failed)
            await Task.Delay(Pause, TimeProvider.System, stopping);
        return control.Status.LastError ?? "";
    }
}
