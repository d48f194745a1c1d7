namespace Hermes.ServerRuntime.Tests.Outbox;

/// <summary>Throws when a point is passed for the n-th time, and, like a dead process, lets nothing happen afterwards.</summary>
internal sealed class Fault
{
    private FaultPoint? _point;
    private int _left;

    public bool RefusesAfterwards { get; init; } = true;

    public bool HasFailed { get; private set; }

    public void FailAt(FaultPoint point, int nth) => (_point, _left) = (point, nth);

    public void Pass(FaultPoint point)
    {
        if (HasFailed && RefusesAfterwards)
            throw new IOException("The process is dead.");
        if (HasFailed || point != _point || --_left > 0)
            return;
        HasFailed = true;
        throw new IOException($"Killed at {point}.");
    }
}
