using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Hosting;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Targets;
using Hermes.Runtime.Control;
using Hermes.Runtime.Diagnostics;
using Hermes.Runtime.Notifications;
using Hermes.Runtime.Resilience;
using Hermes.Runtime.State;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime;

/// <summary>
/// The life of one client: open the state, initialise or carry over a change of the data model, run the loop; after a failure the same
/// from the last commit, with back-off, until stopped.
/// </summary>
internal sealed class ClientRunner(ClientParts parts, ClientSurface surface, NotificationHub notifications, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private readonly ClientModel _model = parts.Model;
    private readonly BackOff _backOff = new(parts.Model.Settings.WaitForMessages, LongestDelay, time);
    private bool _isTargetStarted;

    /// <summary>Runs until stopped, or until it cannot go on.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        log.Starting(_model.Name, string.Join(", ", _model.Types.Select(type => type.Name)));
        var state = RunState.Stopped;
        try
        {
            while (true)
            {
                try
                {
                    await WorkAsync(stopping);
                }
                catch (Exception exception) when (!stopping.IsCancellationRequested && !IsFinal(exception))
                {
                    await RetryLaterAsync(exception, stopping);
                }
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            log.Stopped(_model.Name);
        }
        catch (Exception exception)
        {
            state = RunState.Failed;
            log.FailedForGood(exception, _model.Name, exception.Message);
            surface.Status.Fail(state, exception.Message);
            await notifications.FailsAsync(exception, exception.Message, CancellationToken.None);
        }
        finally
        {
            surface.Close(state);
        }
    }

    private async Task RetryLaterAsync(Exception exception, CancellationToken stopping)
    {
        if (surface.Status.Current.State is RunState.Working or RunState.Waiting or RunState.Paused)
            _backOff.Reset();
        var arrival = surface.Mailbox.NextArrival;
        var delay = _backOff.Next();
        log.FailedForNow(exception, _model.Name, delay, exception.Message);
        surface.Status.Fail(RunState.Retrying, exception.Message);
        surface.Refuse();
        await notifications.FailsAsync(exception, exception.Message, stopping);
        await _backOff.WaitAsync(delay, arrival, stopping);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var state = await parts.State.OpenAsync(new StateOpening(time, WaitForState), cancellationToken);
        if (surface.Status.Current.State == RunState.WaitingForState)
            surface.Status.Enter(RunState.Starting);
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
        var telemetry = new ClientTelemetry(_model.Name, time);
        using var lookup = new EntryLookup(state);
        var pipeline = TargetPipeline.Create(_model.Settings.Target, time);
        var caller = new TargetCaller(parts.Target, pipeline, lookup, new CallJournal(state.State), telemetry, time);
        var session = await ClientSession.BeginAsync(_model, state, new ClientServices(caller, parts.Templates, time, telemetry, notifications, log));

        if (session.Setup is null)
            await new Initialise(session, parts.Bus, surface).RunAsync(cancellationToken);
        if (ModelFindings.MissingParents(_model, session.Bound) is { Count: > 0 } missing)
            throw new HermesConfigurationException(missing);
        if (!_isTargetStarted)
        {
            await caller.StartAsync([.. session.Bound.ToTargetTypes(), .. DroppedTypes.ForTarget(session)], cancellationToken);
            _isTargetStarted = true;
        }

        // Only a data model that can be worked with is carried over to the state.
        await new ModelChange(session).RunAsync(parts.Bus, cancellationToken);
        await new Remediate(session).RunAllAsync();
        await session.CommitAsync();

        log.Resuming(_model.Name, session.Position.Next!.Value.Value, session.Queue.Count);
        await new ClientLoop(session, parts.Bus, surface).RunAsync(cancellationToken);
    }

    private void WaitForState(string reason)
    {
        log.WaitingForState($"client {_model.Name}", reason);
        surface.Status.WaitForState(reason);
        surface.Refuse();
    }

    private static bool IsFinal(Exception exception) =>
        exception is ClientStopException or HermesConfigurationException or BusMessageExpiredException or BusPositionBeyondEndException
            or ClientStateException { Fault: FaultKind.Permanent };
}
