using System.IO.Hashing;
using Hermes.Abstractions.Data;
using Hermes.Crash.Host;
using Hermes.Crash.Host.Client;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Events.Schema;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// Reads the bus from its beginning and follows every event. <i>Confirmed once</i>: the numbers have no gap and none comes twice, and no event tells what an earlier
/// one told. They are those of the server, under the producer id that it had last; there is only one unless the campus is struck by something.
/// <i>Ordered</i>: parents come before their children and leave after them. <i>Nothing lost</i>: each initsync tells exactly what the events before it add
/// up to.
/// </summary>
/// <param name="options">What the campus has in use. A broker may get a message twice, of which its clients pass over the second.</param>
internal sealed class BusReplay(CampusOptions options)
{
    private readonly Dictionary<long, ulong> _digests = [];
    private ToldEntries _entries = new();
    private ToldEntries? _initSync;
    private DataSchema _schema = DataSchema.Empty;
    private long? _first;
    private bool _started;

    // Two servers with copies of one state have written at the same time, to a bus that refuses neither: what follows makes sense again from the next initsync on.
    private bool _isMixed;

    public int Events { get; private set; }

    /// <summary>What the events add up to: the entries as texts, without their secrets.</summary>
    public IReadOnlyDictionary<EntryName, string> Entries => _entries.All.ToDictionary(entry => entry.Key, entry => JournalTarget.Text(entry.Value));

    /// <summary>The secrets as they were told last.</summary>
    public Dictionary<EntryName, string> Secrets { get; } = [];

    /// <summary>How often the secret of an entry was told that it had: the server forgets them when it ends.</summary>
    public Dictionary<EntryName, int> Repetitions { get; } = [];

    /// <summary>The users and their stamps at each event that tells of a user.</summary>
    public HashSet<(string Key, long Stamp)> Users { get; } = [];

    public static BusReplay Of(IReadOnlyList<ReadOnlyMemory<byte>> bus, CampusOptions options)
    {
        var replays = new Dictionary<string, BusReplay>(StringComparer.Ordinal);
        var last = new BusReplay(options);
        foreach (var body in bus)
        {
            var decoded = EventJson.Decode(body.Span);
            if (!replays.TryGetValue(decoded.Producer, out var replay))
                replays[decoded.Producer] = replay = new BusReplay(options);
            (last = replay).Follow(decoded, XxHash3.HashToUInt64(body.Span));
        }

        if (options.Trouble == CampusTrouble.None && replays.Count > 1)
            throw new ViolationException("Confirmed once", $"The server has written under {replays.Count} producer ids.");
        last.Events = replays.Values.Sum(replay => replay.Events);
        return last;
    }

    private void Follow(DecodedEvent decoded, ulong digest)
    {
        var stamp = decoded.Stamp ?? throw new ViolationException("Confirmed once", "A message has no stamp.");
        if (options.Bus == CampusBus.RabbitMq && stamp.Sequence < _first + Events)
        {
            _isMixed |= options.Trouble == CampusTrouble.Rivals && _digests[stamp.Sequence] != digest;
            return;
        }

        Events++;
        _digests[stamp.Sequence] = digest;
        _first ??= stamp.Sequence;
        if (stamp.Sequence != _first + Events - 1 || (options.Trouble == CampusTrouble.None && _first != 1))
            throw new ViolationException("Confirmed once", $"Message {Events} of producer {stamp.ProducerId} is {stamp.Id}.");

        switch (decoded.Event)
        {
            case DataSchemaEvent schema:
                _schema = schema.Schema;
                break;
            case InitStartEvent start:
                (_schema, _initSync) = (start.Schema, new ToldEntries());
                break;
            case InitStopEvent:
                EndInitSync(stamp);
                break;
            case AddedEvent { Category: EventCategory.InitSync } added:
                if (added.Attributes.ContainsKey(CampusOptions.Password))
                    throw new ViolationException("Secret kept", $"{stamp.Id}, of an initsync, carries a secret.");
                _initSync!.Add(Name(added), added.Attributes, stamp);
                break;
            // The first poll is silent: what comes before the first initsync is about entries that no event told of, and no client reads it.
            case EntryEvent told when _started:
                Follow(told, stamp);
                break;
        }
    }

    private void Follow(EntryEvent told, EventStamp stamp)
    {
        var name = Name(told);
        switch (told)
        {
            case AddedEvent added:
                TellSecret(name, added.Attributes);
                if (_isMixed)
                    return;
                _entries.Add(name, WithoutSecret(added.Attributes), stamp);
                break;
            case ModifiedEvent modified:
                TellSecret(name, modified.Changes.Added);
                TellSecret(name, modified.Changes.Modified);
                if (_isMixed)
                    return;
                var changes = modified.Changes with { Added = WithoutSecret(modified.Changes.Added), Modified = WithoutSecret(modified.Changes.Modified) };

                // An event of a secret alone; nothing is left of it when the server ends before it is sent, and the next one tells the secret anew.
                if (!changes.IsEmpty || !_schema.TryGetType(name.Type, out var type) || type.SecretAttributes.IsEmpty)
                    _entries.Modify(name, changes, _schema, stamp);
                break;
            case RemovedEvent:
                Secrets.Remove(name);
                if (_isMixed)
                    return;
                Remember(name);
                _entries.Remove(name, stamp);
                break;
        }

        Remember(name);
    }

    private void Remember(EntryName name)
    {
        if (name.Type == "Users" && _entries.All.TryGetValue(name, out var user))
            Users.Add((name.Key, user.Get("stamp").AsInteger()));
    }

    private void TellSecret(EntryName name, Entry attributes)
    {
        if (!attributes.TryGetValue(CampusOptions.Password, out var secret))
            return;
        if (Secrets.TryGetValue(name, out var last) && last == secret.AsString())
            Repetitions[name] = Repetitions.GetValueOrDefault(name) + 1;
        Secrets[name] = secret.AsString();
    }

    private void EndInitSync(EventStamp stamp)
    {
        var told = _initSync ?? throw new ViolationException("Ordered", $"{stamp.Id} ends an initsync that did not start.");
        if (!_started || _isMixed)
            (_entries, _isMixed) = (told, false);
        else if (_entries.DifferenceTo(told, _schema) is { } difference)
            throw new ViolationException("Nothing lost", $"The initsync that {stamp.Id} ends differs from what was told before: {difference}");
        (_started, _initSync) = (true, null);
    }

    private static Entry WithoutSecret(Entry entry) =>
        entry.ContainsKey(CampusOptions.Password) ? Entry.Create(entry.Where(attribute => attribute.Key != CampusOptions.Password)) : entry;

    private static EntryName Name(EntryEvent @event) => new(@event.Type, PlainJson.ToText(@event.Key.ToValue()));
}
