using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Events.Schema;
using Hermes.Runtime.State;
using Hermes.Testing.State;

namespace Hermes.ClientRuntime.Tests.Targets;

public sealed class CallJournalTests
{
    private static readonly LocalEvent Added = Event(LocalEventKind.Added, new EntryView(Entry.Of(("login", "ada"))));
    private static readonly LocalEvent Removed = Event(LocalEventKind.Removed, null);
    private static readonly CallId First = CallId.OfMessage(new BusOffset(7), "Users");
    private static readonly CallId Second = CallId.OfQueued(3);

    private readonly InMemoryClientState _store = new();

    [Fact]
    public async Task What_a_dead_process_did_is_taken_in_the_order_in_which_it_was_done()
    {
        await WriteAsync(journal =>
        {
            journal.Append(First, 0, Presence.Absent, Added, 1, "link", null);
            journal.Append(Second, 0, Presence.Live, Removed, 1, null, null);
        });

        await using var state = await OpenAsync();
        var journal = new CallJournal(state);
        journal.Stored(new BusOffset(7), Queue(3));

        journal.TryTake(First, 0, Presence.Absent, Added, out var known).Should().BeTrue();
        known!.Link.Should().Be("link");
        journal.IsOvertaken(First, Added.Id).Should().BeFalse();
        journal.TryTake(Second, 0, Presence.Live, Removed, out _).Should().BeTrue();
        journal.TryTake(Second, 0, Presence.Live, Removed, out _).Should().BeFalse("it is known once");
    }

    [Fact]
    public async Task What_was_overtaken_by_another_event_of_the_entry_is_not_true_any_more()
    {
        await WriteAsync(journal =>
        {
            journal.Append(First, 0, Presence.Absent, Added, 1, null, null);
            journal.Append(Second, 0, Presence.Live, Removed, 1, null, null);
        });

        // The removal is stored, the addition is not.
        await using var state = await OpenAsync();
        var journal = new CallJournal(state);
        journal.Stored(new BusOffset(7), Queue());

        journal.TryTake(First, 0, Presence.Absent, Added, out _).Should().BeFalse();
        journal.IsOvertaken(First, Added.Id).Should().BeTrue();
        journal.IsOvertaken(First, new EntryId("Users", EntryKey.Of("2"))).Should().BeFalse();

        journal.Append(First, 0, Presence.Absent, Added, 0, null, AttemptLog.Waiting("failed"));
        journal.IsOvertaken(First, Added.Id).Should().BeFalse("what was done since is as this process knows it");
    }

    [Fact]
    public async Task What_would_be_done_otherwise_now_was_not_done()
    {
        await WriteAsync(journal => journal.Append(First, 0, Presence.Trashed, Added, 1, null, null));

        await using var state = await OpenAsync();
        new CallJournal(state).TryTake(First, 0, Presence.Absent, Added, out _).Should().BeFalse("an addition is no recycling");
        new CallJournal(state).TryTake(First, 1, Presence.Trashed, Added, out _).Should().BeFalse("it is another attempt");
        new CallJournal(state).TryTake(First, 0, Presence.Trashed, Removed, out _).Should().BeFalse("a removal is no addition");
        new CallJournal(state).TryTake(First, 0, Presence.Trashed, Added, out _).Should().BeTrue();
    }

    [Fact]
    public async Task What_an_event_brings_that_the_bus_has_lost_was_done_if_it_was_the_last_that_the_entry_got()
    {
        await WriteAsync(journal => journal.Append(First, 0, Presence.Absent, Added, 1, "link", null));

        await using var state = await OpenAsync();
        var journal = new CallJournal(state);
        journal.Stored(null, Queue());

        journal.FindDone(Presence.Absent, Added, 1)!.Link.Should().Be("link");
        journal.FindDone(Presence.Absent, Removed, 1).Should().BeNull("that is something else");
        var secret = new AttributeChanges(Entry.Of(("password", "new")), Entry.Empty, []);
        journal.FindDone(Presence.Absent, Added with { Secrets = new EventSecrets(secret, secret) }, 1).Should().BeNull("the secret may be another");
        journal.FindDone(Presence.Absent, Added, 2).Should().BeNull("it was not done to its end");
        journal.Append(Second, 0, Presence.Live, Removed, 1, null, null);
        journal.FindDone(Presence.Absent, Added, 1).Should().BeNull("it got something else since");
    }

    private static EventQueue Queue(params IEnumerable<long> numbers) => EventQueue.Create(
        numbers.Select(number => new QueueItem(number, Added.Id, "SRVUsers", LocalEventKind.Removed, false, 1, 0, null, 0, false)),
        new ForeignKeyGraph(DataSchema.Empty, DataSchema.Empty));

    private static LocalEvent Event(LocalEventKind kind, EntryView? local) => new("Users", EntryKey.Of("1"), kind, "SRVUsers", local, local, EventSecrets.None);

    private async Task WriteAsync(Action<CallJournal> write)
    {
        await using var state = await OpenAsync();
        write(new CallJournal(state));
    }

    private async Task<IClientState> OpenAsync() => await _store.OpenAsync(new StateOpening(TimeProvider.System, _ => { }), default);
}
