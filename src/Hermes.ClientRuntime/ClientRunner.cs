using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.Notifications;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Targets;
using Hermes.Runtime.State;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime;

/// <summary>
/// The life of one client: open the state, initialise or carry over a change of the data model, run the loop; after a failure the same
/// from the last commit, with back-off, until stopped.
/// </summary>
internal sealed class ClientRunner(
    ClientModel model,
    IClientStateStore store,
    IMessageBusConsumer bus,
    IClientTarget target,
    ITemplateEngine templates,
    ClientDesk desk,
    NotificationDesk notifications,
    TimeProvider time,
    ILogger log)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isTargetStarted;

    /// <summary>Called before the client runs, so that whoever asks from then on finds it starting.</summary>
    public void Prepare() => desk.Started();

    /// <summary>Runs until stopped, or until it cannot go on.</summary>
    public async Task RunAsync(CancellationToken hostStopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(hostStopping, _stop.Token);
        log.Starting(model.Name, string.Join(", ", model.Types.Select(type => type.Name)));
        var delay = model.Settings.WaitForMessages;
        var phase = ClientPhase.Stopped;
        try
        {
            while (true)
            {
                try
                {
                    await WorkAsync(stop.Token);
                }
                catch (Exception exception) when (!stop.IsCancellationRequested && !IsFinal(exception))
                {
                    var hadWorked = desk.Status is { Phase: ClientPhase.Running or ClientPhase.Paused };
                    delay = hadWorked ? model.Settings.WaitForMessages : delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
                    log.FailedForNow(exception, model.Name, delay, exception.Message);
                    desk.Fail(ClientPhase.Failing, exception.Message);
                    await notifications.FailsAsync(exception.Message, stop.Token);
                    await Task.Delay(delay, time, stop.Token);
                }
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            log.Stopped(model.Name);
        }
        catch (Exception exception)
        {
            phase = ClientPhase.Failed;
            log.FailedForGood(exception, model.Name, exception.Message);
            desk.Fail(phase, exception.Message);
            await notifications.FailsAsync(exception.Message, CancellationToken.None);
        }
        finally
        {
            desk.Close(phase);
            _stopped.TrySetResult();
        }
    }

    /// <summary>Stops the client and returns when it has stopped.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (desk.Status.Phase != ClientPhase.NotStarted)
            await _stopped.Task.WaitAsync(cancellationToken);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var state = await store.OpenAsync(new StateOpening(time, WaitForState), cancellationToken);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, state.Lost);
        try
        {
            await WorkAsync(new WorkingSet(state), work.Token);
        }
        catch (OperationCanceledException) when (state.Lost.IsCancellationRequested)
        {
            throw ClientStateException.TakenOver("the state");
        }
    }

    private async Task WorkAsync(WorkingSet state, CancellationToken cancellationToken)
    {
        var telemetry = new ClientTelemetry(model.Name, time);
        using var lookup = new EntryLookup(state);
        var caller = new TargetCaller(target, TargetPipeline.Create(model.Settings.Target, time), lookup, telemetry, time);
        var session = await ClientSession.BeginAsync(model, state, new ClientServices(caller, templates, time, telemetry, notifications, log));

        if (session.Setup is null)
            await new Initialise(session, bus, desk).RunAsync(cancellationToken);
        if (ModelFindings.MissingParents(model, session.Bound) is { Count: > 0 } missing)
            throw new HermesConfigurationException(missing);
        if (!_isTargetStarted)
        {
            await caller.StartAsync([.. session.Bound.ToTargetTypes(), .. DroppedTypes.ForTarget(session)], cancellationToken);
            _isTargetStarted = true;
        }

        // Only a data model that can be worked with is carried over to the state.
        await new ModelChange(session).RunAsync(bus, cancellationToken);
        await session.CommitAsync();

        log.Resuming(model.Name, session.Position.Next!.Value.Value, session.Queue.Count);
        await new ClientLoop(session, bus, desk).RunAsync(cancellationToken);
    }

    private void WaitForState(string reason)
    {
        log.WaitingForState(model.Name, reason);
        desk.Fail(ClientPhase.Starting, reason);
    }

    private static bool IsFinal(Exception exception) =>
        exception is ClientStopException or HermesConfigurationException or BusMessageExpiredException or BusPositionBeyondEndException
            or ClientStateException { Fault: FaultKind.Permanent };
}
