using Microsoft.Extensions.Time.Testing;

namespace Hermes.Testing.Time;

/// <summary>
/// The fake clock with what it lacks: how many timers wait, since a test must not advance it before the other side has begun to wait, and a wall clock
/// that is set while no time passes (<see cref="FakeTimeProvider.AdjustTime"/> moves the timestamps too).
/// </summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private int _waiting;
    private long _shift;

    /// <summary>How many timers wait, delays included.</summary>
    public int WaitingTimers => Volatile.Read(ref _waiting);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _shift));

    // The base's are those of its GetUtcNow.
    /// <inheritdoc/>
    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Sets the wall clock forward or back, as an administrator or a time server does.</summary>
    public void ShiftWallClock(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new CountedTimer(this, callback, state);
        timer.Start(base.CreateTimer(_ => timer.Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), dueTime, period);
        return timer;
    }

    private sealed class CountedTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _lock = new();
        private ITimer? _timer;
        private bool _repeats;
        private bool _isSet;
        private bool _isCounted;

        public void Start(ITimer timer, TimeSpan dueTime, TimeSpan period)
        {
            _timer = timer;
            Change(dueTime, period);
        }

        public void Fire()
        {
            lock (_lock)
            {
                _isSet &= _repeats;
                Count();
            }

            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _repeats = period > TimeSpan.Zero;
                _isSet = dueTime >= TimeSpan.Zero;
            }

            // Counted when it is armed, and not before: a test that advanced the clock in between would wait for ever. It may fire at once.
            var changed = _timer!.Change(dueTime, period);
            lock (_lock)
                Count();
            return changed;
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _isSet = false;
                Count();
            }

            _timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Count()
        {
            if (_isSet != _isCounted)
                Interlocked.Add(ref clock._waiting, _isSet ? 1 : -1);
            _isCounted = _isSet;
        }
    }
}
