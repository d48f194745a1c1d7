using Hermes.Runtime.Control;
using Hermes.Runtime.Notifications;
using Hermes.Runtime.Resilience;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Hosting;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.Reporting;
using Hermes.ServerRuntime.Resync;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.Steps;
using Hermes.ServerRuntime.WriteBack;
using Microsoft.Extensions.Logging;
using Log = Hermes.ServerRuntime.Diagnostics.Log;

namespace Hermes.ServerRuntime;

/// <summary>
/// The life of one server: open the state, waiting for it if another process holds it or it cannot be reached, and run the loop; from the beginning when the state is lost to
/// another process; until stopped.
/// </summary>
internal sealed class ServerRunner(
    ServerParts parts, Mailbox<ServerLoop> mailbox, ServerDesk desk, StatusBoard<ServerStatus> status, NotificationHub notifications, TimeProvider time, ILogger log)
{
    private const string LostState = "Another server took over the state, or this one could not tell in time that it is still there.";

    private readonly string _name = parts.Settings.Name;
    private readonly StateDoor _door = new(parts, mailbox, status, notifications, time, log);

    /// <summary>Runs until stopped, or until it cannot go on.</summary>
    /// <param name="started">Called when the state is open, or is waited for.</param>
    /// <param name="ending">It is to end when the work in hand is done.</param>
    /// <param name="stopping">It is to end now.</param>
    /// <exception cref="ServerStateException">The state cannot be opened, and the server has not started yet.</exception>
    public async Task RunAsync(Action started, CancellationToken ending, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ending, stopping);
        var isStarted = false;
        var state = RunState.Stopped;
        try
        {
            // A state that another one took over is waited for again: that one may fail, too.
            while (true)
                await HoldAsync(Started, ending, stopping, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // What was not sent is in the outbox.
        }
        catch (Exception exception)
        {
            state = RunState.Failed;
            Log.FailedForGood(log, _name, exception.Message, exception);
            status.Update(current => current with { LastError = new ServerFailure(time.GetUtcNow(), exception.Message), IsFailing = true });
            if (!isStarted)
                throw;
            await notifications.FailsAsync(exception, exception.Message, CancellationToken.None);
        }
        finally
        {
            status.Update(current => current with { State = state, NextUpdate = null, WaitsFor = null });
            var reason = new NotRunningException($"server {_name}", state == RunState.Failed ? status.Current.LastError?.Message : null);
            mailbox.Close(reason);
            desk.Close(reason);
            Log.Stopped(log, _name);
        }

        void Started()
        {
            isStarted = true;
            started();
        }
    }

    private async Task HoldAsync(Action started, CancellationToken ending, CancellationToken stopping, CancellationToken end)
    {
        await using var session = await _door.OpenAsync(started, end);
        Show(session);
        started();
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping, session.State.Lost);
        try
        {
            await MakeLoop(session).RunAsync(ending, lost.Token);
        }
        catch (Exception exception) when (session.State.Lost.IsCancellationRequested && !end.IsCancellationRequested)
        {
            Log.LostState(log, _name, exception);
            status.Update(current => current with { State = RunState.WaitingForState, WaitsFor = LostState, NextUpdate = null, PausedSince = null, IsFailing = false });
        }
    }

    private void Show(ServerSession session)
    {
        var settings = parts.Settings;
        foreach (var warning in settings.Model.Warnings)
            Log.ModelWarning(log, _name, warning.Path, warning.Problem, warning.Fix);
        var outbox = session.OutboxLength;
        status.Update(current => current with
        {
            State = RunState.Starting,
            WaitsFor = null,
            OutboxLength = outbox,
            LastUpdate = session.Progress.LastUpdate,
        });
        Log.Starting(log, _name, outbox, settings.PollInterval, string.Join(", ", settings.Model.Types.Select(type => type.Name)));
    }

    private ServerLoop MakeLoop(ServerSession session)
    {
        var settings = parts.Settings;
        var guard = new RemovalGuard(settings.Name, settings.RemovalGuard, session, time);
        var pollStatus = new PollStatus(settings, session, status);
        var check = new BusCheck(settings.Name, settings.SigningKey, session, parts.Bus, status, notifications, time, log);
        var services = new ServerServices(
            settings,
            session,
            parts.Sources,
            new OutboxPublisher(settings, session, parts.Bus, check, parts.BusResilience, status, desk, log),
            new WriteBackRunner(settings.Name, session, parts.Sources, parts.WriteBackResilience, log),
            guard,
            new PollReports(settings, session, new PollLog(settings, log), pollStatus, new PollNotices(settings, session, notifications)),
            desk,
            time,
            log);
        desk.Open(services);
        var cycle = new ServerCycle(services, new AdoptSchema(settings, session, guard, time), pollStatus, notifications);
        var backOff = new BackOff(settings.Retry.FirstDelay, settings.Retry.MaxDelay, time);
        return new ServerLoop(services, cycle, guard, mailbox, status, notifications, backOff);
    }
}
