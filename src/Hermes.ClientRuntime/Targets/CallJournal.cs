using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.Targets;

/// <summary>
/// What came of the calls of the target, written down as soon as it is known: a call whose outcome a process that died could not store any more is not made again.
/// Calls made at the same time write at the same time.
/// </summary>
internal sealed class CallJournal(IClientState state)
{
    private readonly Lock _gate = new();

    // What an earlier opening of the state wrote, as long as it is not stored: the last that is known of each event.
    private readonly Dictionary<CallId, JournaledCall> _known = state.Journal.GroupBy(call => call.Id).ToDictionary(calls => calls.Key, calls => calls.Last());

    /// <summary>Writes down what came of a call.</summary>
    /// <param name="id">The event.</param>
    /// <param name="attempt">How often it had been tried before.</param>
    /// <param name="has">Where the target had the entry before the event.</param>
    /// <param name="event">What it does.</param>
    /// <param name="done">How many of its calls have succeeded.</param>
    /// <param name="link">The link of the entry's object by now.</param>
    /// <param name="failure">What is to be remembered if the call failed.</param>
    public void Append(CallId id, int attempt, Presence has, LocalEvent @event, int done, string? link, AttemptLog? failure) =>
        state.Append(new JournaledCall(id, attempt, ContentHash.Of(has, @event), done, link, failure));

    /// <summary>Takes what is known of an event that may have been with the target before, unless it is about to do something else now.</summary>
    /// <param name="id">The event.</param>
    /// <param name="attempt">How often it was tried, as far as is stored.</param>
    /// <param name="has">Where the target has the entry.</param>
    /// <param name="event">What it is about to do.</param>
    /// <param name="known">What is known.</param>
    public bool TryTake(CallId id, int attempt, Presence has, LocalEvent @event, [NotNullWhen(true)] out JournaledCall? known)
    {
        lock (_gate)
            return _known.Remove(id, out known) && known.Attempt == attempt && known.Content == ContentHash.Of(has, @event);
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

/// <summary>
/// A number that tells what an event does from what another does, the same in every process. Where the target has the entry is part of it: a retention that was changed
/// makes a removal of what was trashed, and an addition of what was recycled.
/// </summary>
internal static class ContentHash
{
    public static long Of(Presence has, LocalEvent @event)
    {
        var hash = ((long)has * 16) + (long)@event.Kind;
        if (@event.Local is { } local)
        {
            hash = (hash * 2) + (local.IsTrashed ? 1 : 0);
            foreach (var (name, value) in local.Entry)
                hash = Of(Of(hash, name), value);
        }

        return hash;
    }

    private static long Of(long hash, Value value) => value.Kind switch
    {
        ValueKind.String => Of(hash, value.AsString()),
        ValueKind.Integer => Of(hash, value.AsInteger(), value.Kind),
        ValueKind.Boolean => Of(hash, value.AsBoolean() ? 1 : 0, value.Kind),
        _ => Of(Of(hash, 0, value.Kind), value.ToString()),
    };

    private static long Of(long hash, string text) => (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), hash);

    private static long Of(long hash, long value, ValueKind kind)
    {
        ReadOnlySpan<long> both = [value, (long)kind];
        return (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(both), hash);
    }
}
