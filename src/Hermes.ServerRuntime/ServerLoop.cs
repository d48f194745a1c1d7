using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Control;
using Hermes.Runtime.Notifications;
using Hermes.Runtime.Resilience;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Steps;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime;

/// <summary>
/// Runs the cycle at every interval and on request, one thing at a time, and tries again what failed. Its public methods answer requests;
/// they are called by the loop itself.
/// </summary>
internal sealed class ServerLoop(
    ServerServices server,
    ServerCycle cycle,
    RemovalGuard guard,
    Mailbox<ServerLoop> mailbox,
    StatusBoard<ServerStatus> status,
    NotificationHub notifications,
    BackOff backOff)
{
    private readonly TimeProvider _time = server.Time;
    private readonly ILogger _logger = server.Logger;

    // Waiting goes by the monotonic clock: the wall clock may be set back.
    private long _waitingSince;
    private TimeSpan _wait;
    private bool _isPaused;
    private bool _isFailing;

    /// <summary>Works until cancelled.</summary>
    /// <param name="ending">It is to end when the work in hand is done.</param>
    /// <param name="stopping">It is to end now.</param>
    public async Task RunAsync(CancellationToken ending, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ending, stopping);
        PollAfter(TimeSpan.Zero);
        while (true)
        {
            end.Token.ThrowIfCancellationRequested();
            if (await NextAsync(end.Token) is { } request)
                await AnswerAsync(request, stopping);
            else
                await WorkAsync(cycle.PollAsync, stopping);
        }
    }

    /// <summary>Polls now.</summary>
    /// <exception cref="InvalidOperationException">The server is paused.</exception>
    public ValueTask<PollResult> PollAsync(CancellationToken cancellationToken) => WorkUnlessPausedAsync(cycle.PollAsync, cancellationToken);

    /// <summary>Sends all cached entries.</summary>
    /// <exception cref="InvalidOperationException">The server is paused.</exception>
    public ValueTask<PollResult> InitSyncAsync(CancellationToken cancellationToken) => WorkUnlessPausedAsync(cycle.InitSyncAsync, cancellationToken);

    /// <summary>Lets removals that await a decision go out.</summary>
    /// <exception cref="InvalidOperationException">The server is paused, or no such set awaits a decision.</exception>
    public async ValueTask<PollResult> ApproveAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken)
    {
        RefuseIfPaused();
        var set = await guard.ApproveAsync(type, digest, actor, reason, cancellationToken);
        LogDecision("approved", set, actor, reason);
        return await WorkAsync(cycle.PollAsync, cancellationToken);
    }

    /// <summary>Keeps entries whose removal awaits a decision.</summary>
    /// <exception cref="InvalidOperationException">No such set awaits a decision.</exception>
    public async ValueTask<bool> RejectAsync(string type, string digest, string actor, string reason, CancellationToken cancellationToken)
    {
        var set = await guard.RejectAsync(type, digest, actor, reason, cancellationToken);
        LogDecision("rejected", set, actor, reason);
        status.Update(current => current with
        {
            AwaitingApproval = current.AwaitingApproval.RemoveAll(held => held.Name == type),
            RejectedRemovals = [.. current.RejectedRemovals, .. current.AwaitingApproval.Where(held => held.Name == type)],
        });
        if (status.Current.AwaitingApproval.IsEmpty)
            await notifications.TellAsync(NotificationTopic.HeldRemovals, [], cancellationToken);
        return true;
    }

    /// <summary>Tells what a poll would send.</summary>
    public async ValueTask<PollPreview> PreviewAsync(int maxChangesPerType, CancellationToken cancellationToken) =>
        await cycle.PreviewAsync(maxChangesPerType, cancellationToken);

    /// <summary>Polls no more until resumed.</summary>
    public bool Pause()
    {
        if (!_isPaused)
            status.Update(current => current with { State = RunState.Paused, PausedSince = _time.GetUtcNow(), NextUpdate = null });
        return _isPaused = true;
    }

    /// <summary>Ends a pause; polls at once.</summary>
    public bool Resume()
    {
        if (!_isPaused)
            return false;
        _isPaused = false;
        PollAfter(TimeSpan.Zero);
        status.Update(current => current with { State = RunState.Waiting, PausedSince = null });
        return true;
    }

    // Null when it is time to poll. Those who only look are answered on the way.
    private async Task<Request<ServerLoop>?> NextAsync(CancellationToken end)
    {
        while (true)
        {
            var look = server.Desk.NextArrival;
            await server.Desk.ServeAsync(end);
            var left = _wait - _time.GetElapsedTime(_waitingSince);
            var wait = _isPaused ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero;
            if (!_isPaused && !_isFailing)
                status.Update(current => current with { State = RunState.Waiting, NextUpdate = _time.GetUtcNow() + wait });
            if (await mailbox.TakeAsync(wait, look, _time, end) is { } request)
                return request;
            if (!look.IsCompleted)
                return null;
        }
    }

    private async Task AnswerAsync(Request<ServerLoop> request, CancellationToken stopping)
    {
        // A request ends the wait after a failure: it is served now, and then the server tries again at once.
        if (_isFailing)
        {
            backOff.Reset();
            PollAfter(TimeSpan.Zero);
        }

        try
        {
            await request.AnswerAsync(this, stopping);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // Who asked was told; what was to be tried again is known.
        }
    }

    private ValueTask<PollResult> WorkUnlessPausedAsync(Func<CancellationToken, Task<PollResult>> work, CancellationToken stopping)
    {
        RefuseIfPaused();
        return WorkAsync(work, stopping);
    }

    private async ValueTask<PollResult> WorkAsync(Func<CancellationToken, Task<PollResult>> work, CancellationToken stopping)
    {
        status.Update(current => current with { State = RunState.Working, NextUpdate = null });
        try
        {
            var result = await work(stopping);
            await RecoverAsync(stopping);
            PollAfter(server.Settings.PollInterval);
            return result;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return await FailAsync(exception, stopping);
        }
    }

    private async Task<PollResult> FailAsync(Exception exception, CancellationToken stopping)
    {
        var message = ShortText.Cut(exception.Message, Math.Max(server.Settings.MaxLoggedValueLength, 2_000));
        var now = _time.GetUtcNow();
        var wait = backOff.Next();
        _isFailing = true;
        Log.Failed(_logger, server.Settings.Name, message, exception);
        ServerTelemetry.Failures.Add(1, ServerTelemetry.Of(server.Settings.Name));
        status.Update(current => current with
        {
            State = RunState.Retrying,
            NextUpdate = now + wait,
            IsFailing = true,
            LastError = new ServerFailure(now, message),
        });
        await notifications.FailsAsync(exception, message, stopping);
        PollAfter(wait);
        return PollResult.Failed(now, message);
    }

    private async Task RecoverAsync(CancellationToken stopping)
    {
        if (!_isFailing)
            return;
        _isFailing = false;
        backOff.Reset();
        Log.Recovered(_logger, server.Settings.Name);
        await notifications.WorksAsync(stopping);

        // Last, so that whoever sees it finds all else told.
        status.Update(current => current with { IsFailing = false });
    }

    private void LogDecision(string decision, HeldSet set, string actor, string reason)
    {
        if (set.Attribute is null)
            Log.RemovalsDecided(_logger, server.Settings.Name, decision, set.Keys.Count, set.Type, set.Digest, actor, reason);
        else
            Log.AttributeDecided(_logger, server.Settings.Name, decision, set.Attribute, set.Keys.Count, set.Type, set.Digest, actor, reason);
    }

    private void PollAfter(TimeSpan wait) => (_waitingSince, _wait) = (_time.GetTimestamp(), wait);

    private void RefuseIfPaused()
    {
        if (_isPaused)
            throw new InvalidOperationException($"The server {server.Settings.Name} is paused. Resume it first.");
    }
}
