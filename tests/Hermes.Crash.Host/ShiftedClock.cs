namespace Hermes.Crash.Host;

/// <summary>A clock that somebody sets shortly after the process started, and back before the next one starts.</summary>
internal sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    private static readonly TimeSpan RightFor = TimeSpan.FromMilliseconds(250);

    private readonly long _start = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => GetElapsedTime(_start) < RightFor ? base.GetUtcNow() : base.GetUtcNow() + shift;
}
