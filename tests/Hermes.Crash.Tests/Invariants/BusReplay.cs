using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Crash.Host.Client;
using Hermes.Events;
using Hermes.Events.Json;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// Reads the bus from its beginning and follows every event. <i>Confirmed once</i>: the numbers have no gap and none comes twice, and no event tells what an earlier
/// one told. <i>Ordered</i>: parents come before their children and leave after them.
/// </summary>
internal sealed class BusReplay
{
    private readonly Dictionary<EntryName, Entry> _entries = [];
    private readonly HashSet<EntryName> _withChildren = [];
    private string? _producer;
    private bool _started;

    public int Events { get; private set; }

    /// <summary>What the events add up to: the entries as texts.</summary>
    public IReadOnlyDictionary<EntryName, string> Entries => _entries.ToDictionary(entry => entry.Key, entry => JournalTarget.Text(entry.Value));

    public static BusReplay Of(string path)
    {
        using var bus = new SqliteFile(path);
        var replay = new BusReplay();
        foreach (var row in bus.Rows("select data from hermesmessages order by msgid"))
            replay.Follow(EventJson.Decode(Encoding.UTF8.GetBytes((string)row[0]!)));
        return replay;
    }

    private void Follow(DecodedEvent decoded)
    {
        Events++;
        var stamp = decoded.Stamp ?? throw new ViolationException("Confirmed once", "A message has no stamp.");
        _producer ??= stamp.ProducerId;
        if (stamp.ProducerId != _producer || stamp.Sequence != Events)
            throw new ViolationException("Confirmed once", $"Message {Events} on the bus is {stamp.Id}; the first one was of {_producer}.");

        // The first poll is silent: what comes before the first initsync is about entries that no event told of, and no client reads it.
        _started |= decoded.Event is InitStartEvent;
        if (!_started)
            return;
        switch (decoded.Event)
        {
            case AddedEvent added:
                Add(Name(added), added.Attributes, stamp);
                break;
            case ModifiedEvent modified:
                Modify(Name(modified), modified.Changes, stamp);
                break;
            case RemovedEvent removed:
                Remove(Name(removed), stamp);
                break;
        }
    }

    private void Add(EntryName name, Entry entry, EventStamp stamp)
    {
        if (!_entries.TryAdd(name, entry))
            throw new ViolationException("Confirmed once", $"{stamp.Id} adds {name}, which was there.");
        foreach (var parent in name.Parents())
        {
            if (!_entries.ContainsKey(parent))
                throw new ViolationException("Ordered", $"{stamp.Id} adds {name} before its parent {parent}.");
            _withChildren.Add(parent);
        }
    }

    private void Modify(EntryName name, AttributeChanges changes, EventStamp stamp)
    {
        if (!_entries.TryGetValue(name, out var before))
            throw new ViolationException("Ordered", $"{stamp.Id} modifies {name}, which is not there.");
        var after = _entries[name] = changes.ApplyTo(before);
        if (after.Get("stamp").AsInteger() <= before.Get("stamp").AsInteger())
            throw new ViolationException("Confirmed once", $"{stamp.Id} brings {name} what it had.");
    }

    private void Remove(EntryName name, EventStamp stamp)
    {
        if (!_entries.Remove(name))
            throw new ViolationException("Confirmed once", $"{stamp.Id} removes {name}, which is not there.");
        if (_withChildren.Contains(name) && _entries.Keys.FirstOrDefault(child => child.Parents().Contains(name)) is { Type: not null } child)
            throw new ViolationException("Ordered", $"{stamp.Id} removes {name} before its child {child}.");
    }

    private static EntryName Name(EntryEvent @event) => new(@event.Type, PlainJson.ToText(@event.Key.ToValue()));
}
