using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.References;
using Hermes.ClientRuntime.State;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime;

/// <summary>
/// What the steps work on between two openings of the state: what is held of it in memory, and what was changed since the last commit.
/// After a failure it is thrown away and read anew from the last commit, so memory and state never disagree.
/// </summary>
/// <remarks>A stop does not interrupt it: what reads and writes the state here ends before the client does.</remarks>
internal sealed class ClientSession
{
    private readonly WorkingSet _work;
    private bool _isDirty;
    private bool _isSetupDirty;
    private bool _areDeadLettersCounted;
    private bool _isToBeginAnew;

    private ClientSession(ClientModel model, WorkingSet work, ClientServices services, EventQueue queue)
    {
        Model = model;
        _work = work;
        Services = services;
        Written = new WrittenState(work);
        Position = new ClientPosition(work.State.Progress);
        NextQueueNumber = work.State.Progress.NextQueueNumber;
        Setup = work.State.Setup;
        Bound = new BoundModel(model, Setup?.Schema ?? DataSchema.Empty);
        Queue = queue;
        work.References = new ReferenceTracker(new ReferenceMap(model.Types));
        References = new PendingReferences(this, work.References);
    }

    public ClientModel Model { get; }

    /// <summary>What the state holds, for those who only look.</summary>
    public WrittenState Written { get; }

    public ClientServices Services { get; }

    /// <summary>What the client is set up with; null before the first initialisation.</summary>
    public ClientSetup? Setup { get; private set; }

    /// <summary>Whom the client follows, and what it has to make good. Only after the first initialisation.</summary>
    public Following Following => Setup!.Following;

    /// <summary>The data model bound to the schema in force.</summary>
    public BoundModel Bound { get; private set; }

    /// <summary>The error queue: which events the state has, and what waits for what.</summary>
    public EventQueue Queue { get; private set; }

    /// <summary>What is not complete because what it refers to is not on the target.</summary>
    public PendingReferences References { get; }

    /// <summary>The remote entries whose objects were found missing on the target, and are made anew.</summary>
    public HashSet<EntryId> Missing { get; } = [];

    /// <summary>How many messages were set aside, by the last commit.</summary>
    public long DeadLetters { get; private set; }

    /// <summary>How far the client has come on the bus.</summary>
    public ClientPosition Position { get; }

    /// <summary>The number of the next event that goes into the error queue.</summary>
    public long NextQueueNumber { get; private set; }

    public DateTimeOffset Now => Services.Time.GetUtcNow();

    /// <summary>Begins with what was committed last.</summary>
    public static async ValueTask<ClientSession> BeginAsync(ClientModel model, WorkingSet work, ClientServices services)
    {
        var session = new ClientSession(model, work, services, await ReadQueueAsync(work, work.State.Setup));
        await session.CountDeadLettersAsync();
        await work.References.BeginAsync(work.State);
        await session.References.BeginAsync();
        return session;
    }

    /// <summary>Takes in the entries of the events to come: <see cref="Find"/> finds these, and no others.</summary>
    public ValueTask LoadAsync(IEnumerable<EntryAddress> addresses) => _work.LoadAsync(addresses, CancellationToken.None);

    /// <summary>Grows whenever what was taken in is forgotten.</summary>
    public int Generation => _work.Generation;

    /// <summary>An entry that was taken in.</summary>
    public StoredEntry Find(EntryTable table, EntryKey key) => _work.Find(table, key);

    /// <summary>An entry; gone if it is not there.</summary>
    public ValueTask<StoredEntry> FindAsync(EntryTable table, EntryKey key) => _work.FindAsync(new EntryAddress(table, key), CancellationToken.None);

    public void Put(EntryTable table, in StoredEntry entry)
    {
        _work.Put(table, entry);
        _isDirty = true;
    }

    /// <summary>Hands on what was changed, if it is much, so that it is written while the work goes on.</summary>
    public ValueTask WriteIfMuchAsync() => _work.WriteIfMuchAsync();

    /// <summary>All entries of a type; what was taken in before is forgotten.</summary>
    public IAsyncEnumerable<StoredEntry> ReadAsync(EntryTable table) => StatePages.ReadAsync(_work, table);

    /// <summary>As <see cref="ReadAsync"/>, a page at a time.</summary>
    public IAsyncEnumerable<IReadOnlyList<NumberedEntry>> ReadPagesAsync(EntryTable table) => StatePages.ReadPagesAsync(_work, table, EntryScope.All);

    /// <summary>The entries of a type that lie in the trashbin, a page at a time; what was taken in before is forgotten at each.</summary>
    public IAsyncEnumerable<IReadOnlyList<NumberedEntry>> ReadTrashedAsync(EntryTable table) => StatePages.ReadPagesAsync(_work, table, EntryScope.Trashed);

    /// <summary>One page of the entries of a type, for those who change them; what was taken in before is forgotten.</summary>
    public async ValueTask<IReadOnlyList<NumberedEntry>> ReadPageAsync(EntryTable table, long after, int limit)
    {
        await _work.ForgetAsync();
        return await _work.State.ReadAsync(table, EntryScope.All, after, limit, CancellationToken.None);
    }

    /// <summary>Writes what was changed, so that all that is read holds it.</summary>
    public ValueTask WriteAsync() => _work.WriteAsync();

    /// <summary>Changes a reference, whatever the entries say.</summary>
    public void PutReference(ReferenceChange change)
    {
        _work.PutReference(change);
        _isDirty = true;
    }

    /// <summary>Puts a new event at the end of the queue.</summary>
    public QueuedEvent Enqueue(LocalEvent @event, AttemptLog attempts)
    {
        var queued = new QueuedEvent(NextQueueNumber++, @event, Now, attempts);
        PutQueued(queued);
        Services.Telemetry.CountQueued();
        return queued;
    }

    /// <summary>Keeps an event of the queue in place of the one with its number.</summary>
    public void PutQueued(QueuedEvent queued)
    {
        if (queued.Event.Origin.IsUnknown)
            queued = queued with { Event = queued.Event with { Origin = EventOrigin.New() } };
        _work.PutQueued(queued);
        Queue.Put(QueueItem.Of(queued));
        _isDirty = true;
    }

    /// <summary>As <see cref="PutQueued"/>, for an event that gets another key: until <see cref="ReloadQueueAsync"/>, the queue in memory has the old one.</summary>
    public void RekeyQueued(QueuedEvent queued)
    {
        _work.PutQueued(queued);
        _isDirty = true;
    }

    /// <summary>An event of the queue as the state has it.</summary>
    public async ValueTask<QueuedEvent> ReadQueuedAsync(QueueItem item) => await _work.FindQueuedAsync(item.Number) is [var queued]
        ? queued
        : throw new InvalidOperationException($"The state of client {Model.Name} has lost {item}.");

    /// <summary>Events of the queue as the state has them, in their order.</summary>
    public ValueTask<IReadOnlyList<QueuedEvent>> ReadQueuedAsync(IReadOnlyList<long> numbers) => _work.FindQueuedAsync(numbers);

    /// <summary>All events of the queue, in their order; what was taken in before is forgotten.</summary>
    public IAsyncEnumerable<QueuedEvent> ReadQueueAsync() => StatePages.ReadQueueAsync(_work);

    /// <summary>The first events of the queue.</summary>
    public async ValueTask<IReadOnlyList<QueuedEvent>> ReadQueueAsync(int limit)
    {
        await _work.WriteAsync();
        return await _work.State.ReadQueueAsync(0, limit, CancellationToken.None);
    }

    /// <summary>Moves an event to the end of the queue.</summary>
    public async ValueTask RequeueAsync(QueueItem item)
    {
        var queued = await ReadQueuedAsync(item);
        RemoveQueued(item.Number);
        PutQueued(queued with { Number = NextQueueNumber++ });
    }

    public void RemoveQueued(long number)
    {
        _work.RemoveQueued(number);
        Queue.Remove(number);
        _isDirty = true;
    }

    /// <summary>Reads the queue anew from the state, after events in it were rewritten there.</summary>
    public async ValueTask ReloadQueueAsync() => Queue = await ReadQueueAsync(_work, Setup);

    /// <summary>Changes what the client is set up with, and everything in memory that follows from it.</summary>
    public void SetUp(ClientSetup setup)
    {
        var isSameSchema = Setup is { } old && ReferenceEquals(old.Schema, setup.Schema);
        Setup = setup;
        (_isDirty, _isSetupDirty) = (true, true);
        if (isSameSchema)
            return;
        Bound = new BoundModel(Model, setup.Schema);
        Queue = EventQueue.Create(Queue.Items.OrderBy(item => item.Number), ForeignKeysOf(setup));
    }

    /// <summary>Whether what is to be done next needs a session of its own.</summary>
    public bool IsToBeginAnew => _isToBeginAnew || Following is { Reinitialisation: not null } or { IsHeldDecided: true };

    /// <summary>Lets the client begin anew with what is committed: its data model becomes another one.</summary>
    public void BeginAnew() => _isToBeginAnew = true;

    /// <summary>The removals that wait for a decision, for people.</summary>
    public IReadOnlyList<string> HeldRemovals => Following.Held.IsEmpty && Model.Kept.IsEmpty ? [] :
    [
        .. Following.Held.Where(set => set is { Decision: null, MustBeApproved: true })
            .Select(set => $"{set.Type}: {set.Count} of {set.Before} entries would be removed ({set.Digest})"),
        .. Model.Kept.Where(kept => kept.IsAwaiting).Select(kept => kept.Finding),
    ];

    /// <summary>Whether the events of a producer count.</summary>
    public bool Follows(string producer) => Model.Settings.AcceptOtherProducers || string.Equals(Following.Producer, producer, StringComparison.Ordinal);

    /// <summary>Changes whom the client follows, and what it has to make good.</summary>
    public void Follow(Following following) => SetUp(Setup! with { Following = following });

    /// <summary>Sets a message aside.</summary>
    public void SetAside(ReceivedMessage message, string reason)
    {
        _work.Add(new DeadLetter(message.Offset, Now, reason, message.Message.Body));
        (_isDirty, _areDeadLettersCounted) = (true, false);
        Services.Telemetry.CountDeadLetter();
        Services.Log.SetAside(Model.Name, message.Offset.Value, reason);
    }

    /// <summary>Stores everything since the last commit; nothing is done if there is nothing.</summary>
    /// <returns>Whether there was something.</returns>
    public async ValueTask<bool> CommitAsync()
    {
        if (!_isDirty && !Position.IsDirty)
            return false;
        await References.FollowAsync();
        SettleJournal();
        await _work.CommitAsync(Position.ToProgress(NextQueueNumber), _isSetupDirty ? Setup : null);
        (_isDirty, _isSetupDirty) = (false, false);
        if (!_areDeadLettersCounted)
            await CountDeadLettersAsync();
        return true;
    }

    /// <summary>What is stored needs not be known from the journal of calls any more. Where messages are missed, it is not known what is.</summary>
    public void SettleJournal() => Services.Target.Journal.Stored(Setup is { Following.Behind: not null } ? null : Position.Next, Queue);

    private static async ValueTask<EventQueue> ReadQueueAsync(WorkingSet work, ClientSetup? setup)
    {
        var queue = new EventQueue(ForeignKeysOf(setup));
        await foreach (var queued in StatePages.ReadQueueAsync(work))
            queue.Put(QueueItem.Of(queued));
        return queue;
    }

    private static ForeignKeyGraph ForeignKeysOf(ClientSetup? setup) => new(setup?.Schema ?? DataSchema.Empty, setup?.Left ?? DataSchema.Empty);

    private async ValueTask CountDeadLettersAsync()
    {
        DeadLetters = await _work.State.CountDeadLettersAsync(CancellationToken.None);
        _areDeadLettersCounted = true;
    }
}
