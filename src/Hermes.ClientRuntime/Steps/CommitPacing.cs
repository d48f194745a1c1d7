using Hermes.ClientRuntime.Configuration;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// How many events share one durable commit: many while handlers are quick, down to one when they are slow, so that a kill makes few
/// events redeliveries and the cost of a commit is spread where it counts.
/// </summary>
/// <param name="settings">The bounds.</param>
/// <param name="time">The clock.</param>
/// <param name="timePerCommit">What the events of one commit may take together.</param>
internal sealed class CommitPacing(ClientSettings settings, TimeProvider time, TimeSpan timePerCommit)
{
    // What may be with the target at the same time needs room for it.
    private readonly int _least = Math.Min(settings.MaxConcurrency, settings.MaxEventsPerCommit);
    private readonly int _most = settings.MaxEventsPerCommit;
    private long _start;

    /// <summary>How many events the next commit may cover.</summary>
    public int Window { get; private set; } = Math.Min(settings.MaxConcurrency, settings.MaxEventsPerCommit);

    public void Begin() => _start = time.GetTimestamp();

    public void End(int events)
    {
        var elapsed = time.GetElapsedTime(_start);
        var fitting = elapsed <= TimeSpan.Zero ? _most : (int)Math.Min(_most, events * (timePerCommit / elapsed));
        Window = Math.Clamp(fitting, _least, Math.Min(_most, Window * 4));
    }
}
