using System.Globalization;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Hermes.ServerRuntime.Control;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Hermes.Tool.Hosting;

/// <summary>
/// Tells the supervisor again and again that the host lives (sd_watchdog_enabled(3)), as long as every server and client that works answers: one that hangs for too long keeps it
/// from being told, and the supervisor starts the host anew.
/// </summary>
internal sealed class Watchdog : BackgroundService
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    private readonly ISystemdNotifier _supervisor;
    private readonly TimeProvider _time;
    private readonly ILogger<Watchdog> _log;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _hungAfter;
    private readonly List<Watched> _watched = [];

    /// <summary>Watches the servers and clients of a host.</summary>
    public Watchdog(IServiceProvider services, HostSettings settings, TimeSpan interval)
    {
        _supervisor = services.GetRequiredService<ISystemdNotifier>();
        _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _log = services.GetRequiredService<ILogger<Watchdog>>();
        (_interval, _hungAfter) = (interval, settings.HungAfter);
        foreach (var section in settings.Servers)
        {
            var server = services.GetRequiredKeyedService<IHermesServerControl>(section.Key);
            _watched.Add(new($"server {server.Name}", () => server.Status.State, token => server.ListFindingsAsync(new ListQuery { Size = 1 }, token), _time));
        }

        foreach (var section in settings.Clients)
        {
            var client = services.GetRequiredKeyedService<IHermesClientControl>(section.Key);
            _watched.Add(new($"client {client.Name}", () => client.Status.State, token => client.ListDeadLettersAsync(new ListQuery { Size = 1 }, token), _time));
        }
    }

    /// <summary>How often the supervisor wants to be told, by its environment variables; null if it does not.</summary>
    public static TimeSpan? Wanted(Func<string, string?> variable) =>
        variable("WATCHDOG_PID") is { Length: > 0 } process && process != Environment.ProcessId.ToString(CultureInfo.InvariantCulture) ? null
        : long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? TimeSpan.FromMicroseconds(limit)
        : null;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Twice within the limit, as the supervisor's own documentation has it.
        using var timer = new PeriodicTimer(_interval / 2, _time);
        var hung = "";
        try
        {
            do
            {
                foreach (var one in _watched)
                    one.Look(stoppingToken);
                var silent = _watched.Find(one => one.Silence > _hungAfter);
                if (silent is null)
                    _supervisor.Notify(Alive);
                else if (hung != silent.Name)
                    _log.Hangs(silent.Name, silent.Silence);
                hung = silent?.Name ?? "";
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops, and tells that itself.
        }
    }

    /// <summary>A server or client, and when it was last seen to live.</summary>
    private sealed class Watched(string name, Func<RunState> state, Func<CancellationToken, Task> ask, TimeProvider time)
    {
        private long _seen = time.GetTimestamp();
        private Task _asking = Task.CompletedTask;

        public string Name => name;

        public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _seen));

        // Never waits: what hangs is not to hang the one who looks.
        public void Look(CancellationToken cancellationToken)
        {
            if (state() is not (RunState.Working or RunState.Waiting or RunState.Behind or RunState.Reinitialising))
                Interlocked.Exchange(ref _seen, time.GetTimestamp());
            else if (_asking.IsCompleted)
                _asking = Task.Run(() => AskAsync(cancellationToken), CancellationToken.None);
        }

        private async Task AskAsync(CancellationToken cancellationToken)
        {
            try
            {
                await ask(cancellationToken);
                Interlocked.Exchange(ref _seen, time.GetTimestamp());
            }
            catch (Exception)
            {
                // Whatever the answer is, it is none of one that lives; how long that lasts counts.
            }
        }
    }
}
