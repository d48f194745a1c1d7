using Hermes.ClientRuntime.Control;

namespace Hermes.ClientRuntime;

/// <summary>
/// A short piece of a long work. Between two of them the client takes new events, answers requests, pauses and stops, so that nothing waits for the whole of it.
/// </summary>
internal sealed class WorkSlice(ClientStatusBoard status, TimeProvider time)
{
    /// <summary>How long it lasts; a call of the target that has begun is ended.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private long _start;

    /// <summary>Whether it is to end: its time is over, or the client is paused.</summary>
    public bool IsOver => status.IsPaused || time.GetElapsedTime(_start) >= Longest;

    /// <summary>Shows what has changed by it.</summary>
    public void Show(ClientSession session) => status.Refresh(session);

    public void Begin() => _start = time.GetTimestamp();
}
