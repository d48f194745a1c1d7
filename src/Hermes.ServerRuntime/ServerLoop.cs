using System.Runtime.ExceptionServices;
using Hermes.Abstractions.Notifications;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Notifications;
using Microsoft.Extensions.Logging;
using Polly;

namespace Hermes.ServerRuntime;

/// <summary>Runs the cycle at every interval and on request, one thing at a time, and tries again what failed.</summary>
internal sealed class ServerLoop(
    ServerSettings settings,
    ServerCycle cycle,
    RemovalGuard guard,
    RequestQueue requests,
    StatusBoard status,
    NotificationCenter notifications,
    ResiliencePipeline retry,
    TimeProvider time,
    ILogger logger)
{
    // Waiting goes by the monotonic clock: the wall clock may be set back.
    private long _waitingSince;
    private TimeSpan _wait;
    private bool _isPaused;
    private string? _failure;

    public async Task RunAsync(CancellationToken stopping)
    {
        PollAfter(TimeSpan.Zero);
        try
        {
            for (var request = await NextAsync(stopping); request is not StopRequest; request = await NextAsync(stopping))
                await ServeAsync(request, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops. What was not sent is in the outbox.
        }
        finally
        {
            requests.Close(new InvalidOperationException($"The server {settings.Name} is stopped."));
            status.Update(current => current with { Activity = ServerActivity.Stopped, NextUpdate = null });
            Log.Stopped(logger, settings.Name);
        }
    }

    private async Task<ServerRequest?> NextAsync(CancellationToken stopping)
    {
        var left = _wait - time.GetElapsedTime(_waitingSince);
        var wait = _isPaused ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero;
        if (!_isPaused && _failure is null)
            status.Update(current => current with { Activity = ServerActivity.Waiting, NextUpdate = time.GetUtcNow() + wait });
        var request = await requests.TakeAsync(wait, time, stopping);
        if (request is StopRequest stop)
            stop.Complete(true);
        return request;
    }

    private Task ServeAsync(ServerRequest? request, CancellationToken stopping) => request switch
    {
        PauseRequest pause => PauseAsync(pause),
        ResumeRequest resume => ResumeAsync(resume),
        PreviewRequest preview => PreviewAsync(preview, stopping),
        RejectRequest reject => RejectAsync(reject, stopping),
        ServerRequest<PollResult> work when _isPaused => RefuseAsync(work),
        ApproveRequest approve => ApproveAsync(approve, stopping),
        InitSyncRequest initSync => WorkAsync(cycle.InitSyncAsync, initSync, stopping),
        UpdateRequest update => WorkAsync(cycle.PollAsync, update, stopping),
        null when !_isPaused => WorkAsync(cycle.PollAsync, null, stopping),
        _ => Task.CompletedTask,
    };

    private async Task WorkAsync(Func<CancellationToken, Task<PollResult>> work, ServerRequest<PollResult>? request, CancellationToken stopping)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(requests.NextArrival(), stopping);
        try
        {
            if (await FirstTryAsync(work, request, stopping) is { } failure)
                await TryAgainAsync(failure, interrupted.Token, stopping);
            PollAfter(settings.PollInterval);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // Told already. A request came meanwhile: it is served now, and then the server polls at once.
            PollAfter(TimeSpan.Zero);
        }
    }

    private void PollAfter(TimeSpan wait) => (_waitingSince, _wait) = (time.GetTimestamp(), wait);

    private async Task<Exception?> FirstTryAsync(
        Func<CancellationToken, Task<PollResult>> work, ServerRequest<PollResult>? request, CancellationToken stopping)
    {
        try
        {
            await TryAsync(work, request, stopping);
            return null;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return exception;
        }
    }

    // The failure that is known enters the pipeline as its first outcome, so that the pipeline waits first. A request that comes ends the
    // wait.
    private async Task TryAgainAsync(Exception failure, CancellationToken interrupted, CancellationToken stopping)
    {
        var isFirst = true;
        await retry.ExecuteAsync(
            async _ =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    ExceptionDispatchInfo.Throw(failure);
                }

                await TryAsync(cycle.PollAsync, null, stopping);
            },
            interrupted);
    }

    private async Task TryAsync(Func<CancellationToken, Task<PollResult>> work, ServerRequest<PollResult>? request, CancellationToken stopping)
    {
        status.Update(current => current with { Activity = ServerActivity.Working, NextUpdate = null });
        try
        {
            var result = await work(stopping);
            await RecoverAsync(stopping);
            request?.Complete(result);
        }
        catch (OperationCanceledException exception) when (stopping.IsCancellationRequested)
        {
            request?.Refuse(exception);
            throw;
        }
        catch (Exception exception)
        {
            await FailAsync(exception, stopping);
            request?.Complete(PollResult.Failed(time.GetUtcNow(), Short(exception.Message)));
            throw;
        }
    }

    private async Task FailAsync(Exception exception, CancellationToken stopping)
    {
        var message = Short(exception.Message);
        Log.Failed(logger, settings.Name, message, exception);
        HermesDiagnostics.Failures.Add(1, HermesDiagnostics.Of(settings.Name));
        status.Update(current => current with
        {
            Activity = ServerActivity.Retrying,
            IsFailing = true,
            LastError = new ServerFailure(time.GetUtcNow(), message),
        });

        // Told once per kind of failure: the same one may word its message differently each time.
        var kind = exception.GetType().FullName;
        if (_failure == kind)
            return;
        _failure = kind;
        await notifications.TellAsync(NotificationTopic.Failure, [message], stopping);
    }

    private async Task RecoverAsync(CancellationToken stopping)
    {
        if (_failure is null)
            return;
        _failure = null;
        Log.Recovered(logger, settings.Name);
        status.Update(current => current with { IsFailing = false });
        await notifications.TellAsync(NotificationTopic.Failure, [], stopping);
    }

    private Task PauseAsync(PauseRequest request)
    {
        if (!_isPaused)
        {
            _isPaused = true;
            status.Update(current => current with { Activity = ServerActivity.Paused, PausedSince = time.GetUtcNow(), NextUpdate = null });
        }

        request.Complete(true);
        return Task.CompletedTask;
    }

    private Task ResumeAsync(ResumeRequest request)
    {
        if (_isPaused)
        {
            _isPaused = false;
            PollAfter(TimeSpan.Zero);
            status.Update(current => current with { Activity = ServerActivity.Waiting, PausedSince = null });
        }

        request.Complete(true);
        return Task.CompletedTask;
    }

    private async Task PreviewAsync(PreviewRequest request, CancellationToken stopping)
    {
        try
        {
            request.Complete(await cycle.PreviewAsync(request.MaxChangesPerType, stopping));
        }
        catch (Exception exception)
        {
            request.Refuse(exception);
        }
    }

    private Task ApproveAsync(ApproveRequest request, CancellationToken stopping)
    {
        if (!guard.IsAwaiting)
        {
            request.Refuse(NothingAwaits());
            return Task.CompletedTask;
        }

        Log.RemovalsDecided(logger, settings.Name, "approved", string.Join("; ", status.Current.AwaitingApproval));
        guard.Approve();
        return WorkAsync(cycle.PollAsync, request, stopping);
    }

    private async Task RejectAsync(RejectRequest request, CancellationToken stopping)
    {
        if (!guard.IsAwaiting)
        {
            request.Refuse(NothingAwaits());
            return;
        }

        Log.RemovalsDecided(logger, settings.Name, "rejected", string.Join("; ", status.Current.AwaitingApproval));
        guard.Reject();
        status.Update(current => current with { AwaitingApproval = [], RejectedRemovals = [.. current.RejectedRemovals, .. current.AwaitingApproval] });
        await notifications.TellAsync(NotificationTopic.HeldRemovals, [], stopping);
        request.Complete(true);
    }

    private Task RefuseAsync(ServerRequest<PollResult> request)
    {
        request.Refuse(new InvalidOperationException($"The server {settings.Name} is paused. Resume it first."));
        return Task.CompletedTask;
    }

    private InvalidOperationException NothingAwaits() => new($"No removals of the server {settings.Name} await approval.");

    private string Short(string text) => ShortText.Cut(text, Math.Max(settings.MaxLoggedValueLength, 2_000));
}
