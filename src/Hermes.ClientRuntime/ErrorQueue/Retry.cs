using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Tries the events of the error queue again, in passes over them in their order, a slice of a pass at a time. An event waits only for older ones, so one
/// pass reaches everything that an earlier success has set free; only one that needs what another entry has may wait for a later one.
/// </summary>
internal sealed class Retry(ClientSession session, WorkSlice slice)
{
    private readonly RetryCall _call = new(session);
    private readonly CommitPacing _pacing = new(session.Model.Settings, session.Services.Time, WorkSlice.Longest);
    private readonly Recreation _recreation = new(session);
    private readonly Queue<RetryPass> _passes = [];
    private readonly OverdueEvents _overdue = new(session);

    private bool _isPassWanted = true;
    private DateTimeOffset _lastRun = DateTimeOffset.MaxValue;

    /// <summary>
    /// Whether a pass is to be begun: at the start, since settings or the model may have set events free, when somebody says so, and when an event is worth an
    /// attempt at once.
    /// </summary>
    public bool IsPassWanted => _isPassWanted || session.Queue.Conflicts.IsAnyFreed;

    /// <summary>Whether something is left of a pass.</summary>
    public bool IsBusy => _passes.Count > 0;

    /// <summary>When something in the queue is due; null if nothing is.</summary>
    public DateTimeOffset? NextDue() => session.Queue.Count == 0 ? null : session.Model.Settings.Retry.NextDue(session.Queue, _overdue);

    /// <summary>Lets the next slice begin a pass, because an event that others wait for is gone, or events have come that were never tried.</summary>
    public void WantPass() => _isPassWanted = true;

    /// <summary>Tries a slice of what is to be tried; a pass is begun if something is due, and always once after a start.</summary>
    public async ValueTask RunSliceAsync(CancellationToken cancellationToken)
    {
        if (!IsBusy)
            await BeginIfDueAsync();
        if (_passes.TryPeek(out var pass))
            await RunSliceAsync(pass, cancellationToken);
    }

    /// <summary>Tries the events that are due, among them those that were never tried, and all at once: for those who cannot let anything come between.</summary>
    public async ValueTask RunDueToEndAsync(CancellationToken cancellationToken)
    {
        var pass = BeginDue();
        while (!pass.Ended.IsCompleted)
            await RunSliceAsync(_passes.Peek(), cancellationToken);
    }

    /// <summary>Begins a pass over the events that are due.</summary>
    public RetryPass BeginDue()
    {
        var now = session.Now;
        var worthIt = session.Queue.Conflicts.TakeFreed();
        return Begin(session.Queue.GetNumbers(), item => worthIt.Contains(item.Number) || session.Model.Settings.Retry.DueAt(item) <= now);
    }

    /// <summary>Begins a pass over all events, whether due or not.</summary>
    public RetryPass BeginAll() => Begin(session.Queue.GetNumbers(), _ => true);

    /// <summary>Begins a pass over some events, whether due or not.</summary>
    /// <param name="numbers">Their numbers, in their order; those that are not there are passed over.</param>
    public RetryPass Begin(long[] numbers) => Begin(numbers, _ => true);

    /// <summary>Tells those who wait for a pass that it will not end.</summary>
    public void Close(Exception reason)
    {
        while (_passes.TryDequeue(out var pass))
            pass.Fail(reason);
    }

    private RetryPass Begin(long[] numbers, Func<QueueItem, bool> isDue)
    {
        var pass = new RetryPass(numbers, isDue, session.NextQueueNumber);
        _passes.Enqueue(pass);
        return pass;
    }

    private async ValueTask BeginIfDueAsync()
    {
        await CorrectFutureAttemptsAsync();
        if (session.Queue.Count > 0 && (IsPassWanted || NextDue() <= session.Now))
            BeginDue();
        _isPassWanted = false;
    }

    // After a start, and when the clock was set back: nothing waits longer than one interval from now.
    private async ValueTask CorrectFutureAttemptsAsync()
    {
        var now = session.Now;
        if (now < _lastRun)
        {
            foreach (var item in session.Queue.Items.Where(item => item.LastAttempt > now.UtcTicks).ToArray())
            {
                var queued = await session.ReadQueuedAsync(item);
                session.PutQueued(queued with { Attempts = queued.Attempts with { Last = now } });
            }
        }

        _lastRun = now;
    }

    private async ValueTask RunSliceAsync(RetryPass pass, CancellationToken cancellationToken)
    {
        var announced = new AnnouncedCalls(session);
        await announced.AnnounceAsync(pass, _pacing.Window);
        var calls = 0;
        slice.Begin();
        _pacing.Begin();
        try
        {
            while (pass.Next is { } number && (session.Queue.Find(number) is not { } item || await TryPassByAsync(pass, item, announced, cancellationToken)))
            {
                calls++;
                pass.MoveOn();
                if (slice.IsOver)
                    break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await LeaveAsync(announced);
            await session.CommitAsync();
            throw;
        }

        await LeaveAsync(announced);
        _pacing.End(calls);
        if (pass.Next is null)
            await EndAsync();
    }

    private async ValueTask LeaveAsync(AnnouncedCalls announced)
    {
        announced.Withdraw();
        await _recreation.RunAsync();
        await session.References.FollowAsync();
    }

    private async ValueTask EndAsync()
    {
        await session.CommitAsync();
        var pass = _passes.Dequeue();

        // What came in between may wait for something that has succeeded since.
        if (session.NextQueueNumber > pass.NextQueueNumber)
            WantPass();
        slice.Show(session);
        pass.End();
    }

    // False if it has come to its turn after the calls of this slice were announced: the next one announces its call.
    private async ValueTask<bool> TryPassByAsync(RetryPass pass, QueueItem item, AnnouncedCalls announced, CancellationToken cancellationToken)
    {
        if (!pass.IsTurnOf(item, session.Queue))
        {
            if (item.Attempts > 0 && pass.IsDue(item))
                _overdue.Add(item);
            return true;
        }

        if (Hold.ReasonFor(session.Queue, session.Model.Settings.ForeignKeys, item.Id, item.RemoteId, item.Kind, item.Number) is { } reason)
        {
            if (item.Attempts == 0)
                await SayWhatForAsync(item, reason);
            else
                _overdue.Add(item);
            return true;
        }

        if (!announced.TryTake(item.Number, out var queued))
            return false;
        if (await _call.RunAsync(queued, announced, cancellationToken))
            pass.Free(item.Id);
        return true;
    }

    private async ValueTask SayWhatForAsync(QueueItem item, string reason)
    {
        var queued = await session.ReadQueuedAsync(item);
        if (!string.Equals(queued.Attempts.Message, reason, StringComparison.Ordinal))
            session.PutQueued(queued with { Attempts = queued.Attempts with { Message = reason } });
    }
}
