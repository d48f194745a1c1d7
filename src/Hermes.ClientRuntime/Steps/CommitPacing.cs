namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// How many events share one durable commit: many while handlers are quick, down to one when they are slow, so that a kill makes few events redeliveries
/// and the cost of a commit is spread where it counts.
/// </summary>
internal sealed class CommitPacing(int most, TimeProvider time)
{
    private static readonly TimeSpan TimePerCommit = TimeSpan.FromMilliseconds(25);

    private long _start;

    /// <summary>How many events the next commit may cover.</summary>
    public int Window { get; private set; } = 1;

    public void Begin() => _start = time.GetTimestamp();

    public void End(int events)
    {
        var elapsed = time.GetElapsedTime(_start);
        var fitting = elapsed <= TimeSpan.Zero ? most : (int)Math.Min(most, events * (TimePerCommit / elapsed));
        Window = Math.Clamp(fitting, 1, Math.Min(most, Window * 4));
    }
}
