using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>
/// What came of the calls of the target, written down as soon as it is known: a call whose outcome a process that died could not store any more is
/// not made again. Calls made at the same time write at the
/// same time.
/// </summary>
internal sealed class CallJournal(IClientState state)
{
    private readonly Lock _gate = new();

    // What an earlier opening of the state wrote, as long as it is not stored: the last that is known of each event.
    private readonly Dictionary<CallId, JournaledCall> _known = state.Journal.GroupBy(call => call.Id).ToDictionary(calls => calls.Key, calls => calls.Last());

    public void Append(JournaledCall call) => state.Append(call);

    /// <summary>Takes what is known of an event that may have been with the target before.</summary>
    /// <param name="id">The event.</param>
    /// <param name="attempt">How often it was tried, as far as is stored.</param>
    /// <param name="content">What it is about to do.</param>
    /// <param name="known">What is known.</param>
    public bool TryTake(CallId id, int attempt, long content, [NotNullWhen(true)] out JournaledCall? known)
    {
        lock (_gate)
            return _known.Remove(id, out known) && known.Attempt == attempt && known.Content == content;
    }

    /// <summary>The next commit stores all that came of the calls since the last one. If nothing earlier is left, the journal begins anew with it.</summary>
    /// <param name="next">What lies before it on the bus is stored.</param>
    /// <param name="isQueued">Whether the error queue has an event with this number.</param>
    public void Stored(BusOffset? next, Func<long, bool> isQueued)
    {
        foreach (var id in _known.Keys.Where(id => id.IsQueued ? !isQueued(id.Place) : id.Place < next?.Value).ToArray())
            _known.Remove(id);
        if (_known.Count == 0)
            state.ForgetJournal();
    }
}
