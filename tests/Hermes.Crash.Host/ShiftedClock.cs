namespace Hermes.Crash.Host;

/// <summary>A clock that is off by some time, as after somebody has set it.</summary>
internal sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
