using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime;

/// <summary>
/// What the steps work on between two openings of the state: the state itself and what of it is held in memory. After a failure it is thrown away and read
/// anew from the last commit, so memory and state never disagree.
/// </summary>
internal sealed class ClientSession
{
    private readonly Dictionary<string, long> _lastSequences;
    private readonly Dictionary<string, long> _storedSequences;
    private readonly Queue<(BusOffset Offset, string Producer, long Sequence)> _seen = new();
    private BusOffset? _next;
    private BusOffset? _deliveredUpTo;
    private long _nextQueueNumber;
    private bool _isDirty;

    public ClientSession(ClientModel model, IClientState state, ClientServices services)
    {
        Model = model;
        State = state;
        Services = services;
        var progress = state.Progress;
        _lastSequences = progress.LastSequences.ToDictionary(StringComparer.Ordinal);
        _storedSequences = progress.LastSequences.ToDictionary(StringComparer.Ordinal);
        _next = progress.Next;
        _deliveredUpTo = progress.DeliveredUpTo;
        _nextQueueNumber = progress.NextQueueNumber;
        RedeliveryUpTo = progress.DeliveredUpTo;
        Bound = new BoundModel(model, state.Setup?.Schema ?? DataSchema.Empty);
        Queue = ReadQueue();
    }

    public ClientModel Model { get; }

    public IClientState State { get; }

    public ClientServices Services { get; }

    /// <summary>The data model bound to the schema in force.</summary>
    public BoundModel Bound { get; private set; }

    /// <summary>The error queue: which events the state has, and what waits for what.</summary>
    public EventQueue Queue { get; private set; }

    /// <summary>Whether the target and the state know where to start.</summary>
    public bool IsInitialised => State.Setup is not null;

    /// <summary>Events up to here may have been delivered before this session.</summary>
    public BusOffset? RedeliveryUpTo { get; }

    /// <summary>Whether events still come that may have been delivered before this session.</summary>
    public bool MayRedeliver => RedeliveryUpTo is { } upTo && _next <= upTo;

    /// <summary>The offset at which reading goes on.</summary>
    public BusOffset? Next => _next;

    public DateTimeOffset Now => Services.Time.GetUtcNow();

    /// <summary>The last sequence number seen of a producer; null if none was.</summary>
    public long? LastSequenceOf(string producer) => _lastSequences.TryGetValue(producer, out var last) ? last : null;

    /// <summary>The number of the message at an offset; it is stored when reading goes on after that.</summary>
    public void SawSequence(BusOffset offset, string producer, long sequence)
    {
        _lastSequences[producer] = sequence;
        _seen.Enqueue((offset, producer, sequence));
    }

    /// <summary>Everything before an offset is done with: reading goes on there.</summary>
    public void MoveTo(BusOffset next)
    {
        _next = next;

        // A number is stored with its event, never before: an event that is read again after a restart must not pass for a repeat.
        while (_seen.TryPeek(out var seen) && seen.Offset < next)
            _storedSequences[seen.Producer] = _seen.Dequeue().Sequence;
        _isDirty = true;
    }

    /// <summary>Announces that events up to an offset may be given to the target from the next commit on.</summary>
    public void Announce(BusOffset upTo)
    {
        // What was announced before a restart may have been delivered then, however often the client restarts before it gets there again.
        _deliveredUpTo = RedeliveryUpTo > upTo ? RedeliveryUpTo : upTo;
        _isDirty = true;
    }

    /// <summary>Puts a new event at the end of the queue.</summary>
    public QueuedEvent Enqueue(LocalEvent @event, AttemptLog attempts)
    {
        var queued = new QueuedEvent(_nextQueueNumber++, @event, Now, attempts);
        PutQueued(queued);
        Services.Telemetry.CountQueued();
        return queued;
    }

    /// <summary>Keeps an event of the queue in place of the one with its number.</summary>
    public void PutQueued(QueuedEvent queued)
    {
        State.PutQueued(queued);
        Queue.Put(QueueItem.Of(queued));
        _isDirty = true;
    }

    /// <summary>An event of the queue as the state has it.</summary>
    public QueuedEvent ReadQueued(QueueItem item) =>
        State.FindQueued(item.Number) ?? throw new InvalidOperationException($"The state of client {Model.Name} has lost {item}.");

    /// <summary>Moves an event to the end of the queue.</summary>
    public void Requeue(long number)
    {
        var queued = State.FindQueued(number) ?? throw new InvalidOperationException($"The state of client {Model.Name} has no event #{number}.");
        RemoveQueued(number);
        PutQueued(queued with { Number = _nextQueueNumber++ });
    }

    public void RemoveQueued(long number)
    {
        State.RemoveQueued(number);
        Queue.Remove(number);
        _isDirty = true;
    }

    public void Put(EntryTable table, in StoredEntry entry)
    {
        State.Put(table, entry);
        _isDirty = true;
    }

    /// <summary>Changes what the client is set up with, and everything in memory that follows from it.</summary>
    public void SetUp(ClientSetup setup)
    {
        var isSameSchema = State.Setup is { } old && ReferenceEquals(old.Schema, setup.Schema);
        State.Setup = setup;
        _isDirty = true;
        if (isSameSchema)
            return;
        Bound = new BoundModel(Model, setup.Schema);
        Queue = EventQueue.Create(Queue.Items.OrderBy(item => item.Number), ForeignKeysOf(setup));
    }

    /// <summary>Reads the queue anew from the state, after events in it were rewritten there.</summary>
    public void ReloadQueue() => Queue = ReadQueue();

    /// <summary>Sets a message aside.</summary>
    public void SetAside(ReceivedMessage message, string reason)
    {
        State.AddDeadLetter(new DeadLetter(message.Offset, Now, reason, message.Message.Body));
        _isDirty = true;
        Services.Telemetry.CountDeadLetter();
        Services.Log.SetAside(Model.Name, message.Offset.Value, reason);
    }

    /// <summary>Stores everything since the last commit; nothing is done if there is nothing.</summary>
    /// <returns>Whether there was something.</returns>
    public bool Commit()
    {
        if (!_isDirty)
            return false;
        State.Progress = new ClientProgress(_next, _deliveredUpTo, _nextQueueNumber, _storedSequences.ToImmutableDictionary(StringComparer.Ordinal));
        State.Commit();
        _isDirty = false;
        return true;
    }

    private EventQueue ReadQueue() => EventQueue.Create(StatePages.ReadQueue(State).Select(QueueItem.Of), ForeignKeysOf(State.Setup));

    private static ForeignKeyGraph ForeignKeysOf(ClientSetup? setup) => new(setup?.Schema ?? DataSchema.Empty, setup?.Left ?? DataSchema.Empty);
}
