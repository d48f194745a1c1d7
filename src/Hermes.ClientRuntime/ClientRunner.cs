using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.Hosting;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.Recovery;
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

    // How the bus said that the client's place on it is lost: the next session makes it good.
    private BusException? _loss;

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
                catch (BusException exception) when (exception is BusMessageExpiredException or BusPositionBeyondEndException && !stopping.IsCancellationRequested)
                {
                    _loss = exception;
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
        if (surface.Status.Current.State is RunState.Working or RunState.Waiting or RunState.Behind or RunState.Paused)
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
            while (true)
                await WorkAsync(new WorkingSet(state), work.Token);
        }
        catch (OperationCanceledException) when (state.Lost.IsCancellationRequested)
        {
            throw ClientStateException.TakenOver("the state");
        }
    }

    // Returns when everything is committed and the session has to begin anew.
    private async Task WorkAsync(WorkingSet state, CancellationToken cancellationToken)
    {
        var telemetry = new ClientTelemetry(_model.Name, time);
        using var lookup = new EntryLookup(state);
        var pipeline = TargetPipeline.Create(_model.Settings.Target, time);
        var createOnly = new CreateOnly(_model.Types.Select(type => KeyValuePair.Create(type.Name, type.Drift.CreateOnly)));
        var caller = new TargetCaller(
            _model.Name, parts.Target, pipeline, _model.Settings.Target.RecreatesMissing, createOnly, lookup, new CallJournal(state.State), telemetry, time);
        var model = await KeptTypes.KeepAsync(_model, state, caller, parts.Templates);
        var before = state.State.Setup?.Model ?? ModelSnapshot.Empty;
        var messages = new MessageReader(_model.Settings.SigningKeys);
        var session = await ClientSession.BeginAsync(model, state, new ClientServices(caller, messages, parts.Templates, time, telemetry, notifications, log));
        session.SettleJournal();

        await Replay.BeginAsync(session, parts.Bus, cancellationToken);
        if (session.Setup is null)
            await new Initialise(session, parts.Bus, surface).RunAsync(cancellationToken);
        await BusCheck.RunAsync(session, parts.Bus, Interlocked.Exchange(ref _loss, null), cancellationToken);
        ConfigurationError[] errors = [.. ModelFindings.MissingParents(model, session.Bound), .. ModelFindings.UnknownAttributes(model, session.Bound, before)];
        if (errors.Length > 0)
            throw new HermesConfigurationException(errors);
        await DroppedTypes.TellAsync(session, cancellationToken);
        await RekeyedEntries.TellAsync(session, cancellationToken);
        await new TargetPlaces(session).RunAsync(cancellationToken);

        RetiredAttributes.Forget(session);

        // Only a data model that can be worked with is carried over to the state.
        await new ModelChange(session).RunAsync(parts.Bus, cancellationToken);
        caller.Retired = session.Following.Retired;
        await new Remediate(session).RunAllAsync();
        await session.CommitAsync();
        if (session.Following.IsHeldDecided)
            await new Slices(session, parts.Bus, surface).RunAsync(new ReleaseHeld(session).RunAsync(), cancellationToken);
        if (session.Following.Reinitialisation is not null)
            await new Reinitialise(session, parts.Bus, surface).RunAsync(cancellationToken);

        log.Resuming(_model.Name, (session.Position.Next is { } next ? BusPosition.At(next) : BusPosition.Beginning).ToString(), session.Queue.Count);
        await new ClientLoop(session, parts.Bus, surface).RunAsync(cancellationToken);
    }

    private void WaitForState(string reason)
    {
        log.WaitingForState($"client {_model.Name}", reason);
        surface.Status.WaitForState(reason);
        surface.Refuse();
    }

    private static bool IsFinal(Exception exception) =>
        exception is ClientStopException or HermesConfigurationException or ClientStateException { Fault: FaultKind.Permanent };
}
