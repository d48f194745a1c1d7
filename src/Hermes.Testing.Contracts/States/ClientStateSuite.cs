using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What the suites for stores of a client's state share.</summary>
public abstract class ClientStateSuite
{
    private protected static readonly EntryTable Users = EntryTable.Local("Users");
    private protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, the same for the whole test.</summary>
    protected abstract IClientStateStore Store { get; }

    /// <summary>An event with secrets, for tests of what a store makes of them.</summary>
    protected static QueuedEvent Queued(long number, AttemptLog attempts, string? fault = null)
    {
        var secrets = new AttributeChanges(Entry.Of(("pw", "s3cret")), Entry.Of(("pin", "t0psecret")), ["old"]);
        return new QueuedEvent(
            number,
            new LocalEvent("Users", Key((int)number), LocalEventKind.Modified, "SRVUsers", Live("remote"), Trashed("local"), new EventSecrets(secrets, secrets), fault),
            Noon,
            attempts);
    }

    /// <summary>A batch of changes.</summary>
    protected static ClientChanges Changes(
        IReadOnlyList<TableEntry>? entries = null, IReadOnlyList<QueueChange>? queue = null, IReadOnlyList<DeadLetter>? letters = null) =>
        new(entries ?? [], queue ?? [], letters ?? []);

    /// <summary>Opens the state, which must be free.</summary>
    protected ValueTask<IClientState> OpenAsync() =>
        Store.OpenAsync(new StateOpening(TimeProvider.System, reason => throw new InvalidOperationException(reason)), CancellationToken.None);

    /// <summary>Writes and commits.</summary>
    protected async Task WriteAsync(ClientChanges changes)
    {
        await using var state = await OpenAsync();
        await state.WriteAsync(changes, default);
        await state.CommitAsync(state.Progress, null, default);
    }

    /// <summary>Puts events into the queue and commits.</summary>
    protected Task QueueAsync(params IEnumerable<QueuedEvent> queue) => WriteAsync(Changes(queue: [.. queue.Select(queued => new QueueChange(queued.Number, queued))]));

    private protected Task PutAsync(EntryTable table, params IEnumerable<StoredEntry> entries) => WriteAsync(Changes([.. entries.Select(entry => new TableEntry(table, entry))]));

    private protected static async Task<StoredEntry> FindAsync(IClientState state, EntryTable table, EntryKey key) =>
        await state.FindAsync([new EntryAddress(table, key)], default) is [var found] ? found.Entry : new StoredEntry(key, null, null);

    private protected static ClientChanges Everything() => Changes(
        [new(Users, StoredEntry.Settled(Key(1), Live("lost"))), new(EntryTable.Local("New"), StoredEntry.Settled(Key(1), Live("lost")))],
        [new QueueChange(1, Queued(1, AttemptLog.None))],
        [new DeadLetter(new BusOffset(1), Noon, "lost", ReadOnlyMemory<byte>.Empty)]);

    private protected static async Task ShouldHoldOnlyTheFirstAsync(IClientState state)
    {
        (await FindAsync(state, Users, Key(1))).Applied.Should().Be(Live("kept"));
        (await FindAsync(state, EntryTable.Local("New"), Key(1))).IsGone.Should().BeTrue();
        (await state.ReadQueueAsync(0, 10, default)).Should().BeEmpty();
        (await state.CountDeadLettersAsync(default)).Should().Be(0);
        state.Progress.Next.Should().BeNull();
        state.Setup.Should().BeNull();
    }

    private protected static EntryKey Key(int id) => EntryKey.Of(id);

    private protected static EntryView Live(string name) => new(Entry.Of(("name", name)));

    private protected static EntryView Trashed(string name) => Live(name) with { TrashedSince = Noon };
}
