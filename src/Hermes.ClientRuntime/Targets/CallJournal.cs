using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.Targets;

/// <summary>
/// What came of the calls of the target, written down as soon as it is known: a call whose outcome a process that died could not store any more is not made again.
/// Calls made at the same time write at the same time.
/// </summary>
internal sealed class CallJournal
{
    private readonly IClientState _state;
    private readonly Lock _gate = new();

    // What an earlier opening of the state wrote, as long as it is not stored: the last that is known of each event, and which record that is.
    private readonly Dictionary<CallId, (JournaledCall Call, int Record)> _known = [];

    // Up to which record the target has got with an entry, and for which event. What was written before of the same entry is not how the target has it any more. A call of this
    // process counts as behind all records.
    private readonly Dictionary<long, (int Record, CallId Id)> _passed = [];

    public CallJournal(IClientState state)
    {
        _state = state;
        for (var record = 0; record < state.Journal.Count; record++)
            _known[state.Journal[record].Id] = (state.Journal[record], record);
    }

    /// <summary>Writes down what came of a call.</summary>
    /// <param name="id">The event.</param>
    /// <param name="attempt">How often it had been tried before.</param>
    /// <param name="has">Where the target had the entry before the event.</param>
    /// <param name="event">What it does.</param>
    /// <param name="done">How many of its calls have succeeded.</param>
    /// <param name="link">The link of the entry's object by now.</param>
    /// <param name="failure">What is to be remembered if the call failed.</param>
    public void Append(CallId id, int attempt, Presence has, LocalEvent @event, int done, string? link, AttemptLog? failure)
    {
        var entry = ContentHash.Of(@event.Id);
        _state.Append(new JournaledCall(id, entry, attempt, ContentHash.Of(has, @event), done, link, failure));
        if (_known.Count == 0 && _passed.Count == 0)
            return;
        lock (_gate)
            _passed[entry] = (int.MaxValue, id);
    }

    /// <summary>
    /// Takes what is known of an event that may have been with the target before, unless it is about to do something else now, or other calls have come to the target for its
    /// entry since.
    /// </summary>
    /// <param name="id">The event.</param>
    /// <param name="attempt">How often it was tried, as far as is stored.</param>
    /// <param name="has">Where the target has the entry.</param>
    /// <param name="event">What it is about to do.</param>
    /// <param name="known">What is known.</param>
    public bool TryTake(CallId id, int attempt, Presence has, LocalEvent @event, [NotNullWhen(true)] out JournaledCall? known)
    {
        lock (_gate)
        {
            var isKnown = _known.Remove(id, out var found);
            known = found.Call;
            if (!isKnown || known.Attempt != attempt || known.Entry != ContentHash.Of(@event.Id) || known.Content != ContentHash.Of(has, @event))
                return false;
            if (found.Record < _passed.GetValueOrDefault(known.Entry).Record)
                return false;
            _passed[known.Entry] = (found.Record, id);
            return true;
        }
    }

    /// <summary>
    /// What is known of an entry, if it got exactly what an event brings it by another one that does not come again, because the bus has lost it; null if it did not, or that is
    /// not known.
    /// </summary>
    /// <param name="has">Where the target has the entry.</param>
    /// <param name="event">What it is about to do.</param>
    /// <param name="calls">How many calls that takes.</param>
    public JournaledCall? FindDone(Presence has, LocalEvent @event, int calls)
    {
        // The number that tells contents apart knows of no secret: an event that carries one is not taken for another.
        if (_known.Count == 0 || !@event.Secrets.Local.IsEmpty)
            return null;
        lock (_gate)
        {
            var entry = ContentHash.Of(@event.Id);
            var (call, record) = _known.Values.Where(known => known.Call.Entry == entry).DefaultIfEmpty().MaxBy(known => known.Record);
            var isDone = call is { Failure: null } && call.Done == calls && call.Content == ContentHash.Of(has, @event);
            return isDone && record >= _passed.GetValueOrDefault(entry).Record ? call : null;
        }
    }

    /// <summary>
    /// Whether other events have been with the target for the entry of this one, so that steps which an attempt of a dead process made are no longer true. Not once this process
    /// has called it.
    /// </summary>
    public bool IsOvertaken(CallId id, EntryId entry)
    {
        lock (_gate)
            return _passed.Count > 0 && _passed.TryGetValue(ContentHash.Of(entry), out var last) && last.Record < int.MaxValue && last.Id != id;
    }

    /// <summary>
    /// The next commit stores all that came of the calls since the last one. If nothing earlier is left, the journal begins anew with it. Asked once before the first call, too:
    /// what was stored before the process died is not known any more.
    /// </summary>
    /// <param name="next">What lies before it on the bus is stored; null if what was there may be lost.</param>
    /// <param name="queue">The error queue.</param>
    public void Stored(BusOffset? next, EventQueue queue)
    {
        if (_known.Count > 0)
            Settle(next, queue);
        if (_known.Count == 0)
            _state.ForgetJournal();
    }

    private void Settle(BusOffset? next, EventQueue queue)
    {
        // While events wait that bring what may have been brought before, it is asked what was.
        var before = queue.Items.Any(item => item.WasBrokenOff) ? null : next;
        foreach (var (id, (call, record)) in _known.Where(known => known.Key.IsQueued ? queue.Find(known.Key.Place) is null : known.Key.Place < before?.Value).ToArray())
        {
            if (!_passed.TryGetValue(call.Entry, out var last) || record > last.Record)
                _passed[call.Entry] = (record, id);
            _known.Remove(id);
        }
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

    /// <summary>A number that tells an entry from others.</summary>
    public static long Of(EntryId entry) => Of(Of(0, entry.Type), entry.Key.ToValue());

    private static long Of(long hash, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                return Of(hash, value.AsString());
            case ValueKind.Integer:
                return Of(hash, value.AsInteger(), value.Kind);
            case ValueKind.Boolean:
                return Of(hash, value.AsBoolean() ? 1 : 0, value.Kind);
            case ValueKind.Double:
                return Of(hash, BitConverter.DoubleToInt64Bits(value.AsDouble()), value.Kind);
            case ValueKind.List:
                var list = value.AsList();
                hash = Of(hash, list.Count, value.Kind);
                foreach (var item in list)
                    hash = Of(hash, item);
                return hash;
            default:
                return Of(Of(hash, 0, value.Kind), value.ToString());
        }
    }

    private static long Of(long hash, string text) => (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), hash);

    private static long Of(long hash, long value, ValueKind kind)
    {
        ReadOnlySpan<long> both = [value, (long)kind];
        return (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(both), hash);
    }
}
