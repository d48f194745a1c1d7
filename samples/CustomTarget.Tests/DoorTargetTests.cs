using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Testing.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CustomTarget.Tests;

/// <summary>The target in a real client, all in this process: events in, calls of the door system out, in milliseconds.</summary>
public sealed class DoorTargetTests : IAsyncLifetime
{
    private static readonly TypeSchema People = new(
        "People", ["card", "first", "id", "last"], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty);

    private readonly ClientHarness _harness = new();
    private readonly FakeDoors _doors = new();

    public async Task InitializeAsync()
    {
        await _harness.SendInitSyncAsync(new DataSchema(People), Person("7", "C-1", "Ada", "Lovelace"));
        await _harness.StartAsync(new DoorTarget(_doors), client => client.DataType(
            "Cards", type => type.From("People").Map("card").Map("name", "{{ first ~ ' ' ~ last }}")));
        await _harness.AppliedAsync();
    }

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public void Everyone_who_is_there_from_the_start_gets_in() => Assert.Equal(["C-1 Ada Lovelace"], _doors.Open);

    [Fact]
    public async Task A_new_card_replaces_the_old_one()
    {
        await _harness.SendAsync(NewCard("7", "C-2"));
        await _harness.AppliedAsync();
        Assert.Equal(["C-2 Ada Lovelace"], _doors.Open);
    }

    [Fact]
    public async Task Who_leaves_is_locked_out()
    {
        await _harness.SendAsync(new RemovedEvent("People", EntryKey.Of("7")));
        await _harness.AppliedAsync();
        Assert.Empty(_doors.Open);
    }

    [Fact]
    public async Task What_was_done_before_a_failure_is_not_done_again()
    {
        _doors.FailNextGrant = true;
        await _harness.SendAsync(NewCard("7", "C-2"));
        await _harness.AppliedAsync();
        var waiting = Assert.Single((await _harness.Control.ListErrorQueueAsync()).Items);
        Assert.Equal("the door system is asleep", waiting.Message);

        await _harness.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(["C-2 Ada Lovelace"], _doors.Open);
        Assert.Equal(1, _doors.Revocations);
    }

    private static AddedEvent Person(string id, string card, string first, string last) => new(
        "People", EntryKey.Of(id), Entry.Of(("id", id), ("card", card), ("first", first), ("last", last)), EventCategory.Base);

    private static ModifiedEvent NewCard(string id, string card) =>
        new("People", EntryKey.Of(id), new AttributeChanges(Entry.Empty, Entry.Of(("card", card)), []));

    private sealed class FakeDoors : IDoorSystem
    {
        private readonly SortedDictionary<string, string> _holders = [];

        public IEnumerable<string> Open => _holders.Select(card => $"{card.Key} {card.Value}");

        public int Revocations { get; private set; }

        public bool FailNextGrant { get; set; }

        public Task GrantAsync(string card, string holder, CancellationToken cancellationToken)
        {
            if (FailNextGrant)
            {
                FailNextGrant = false;
                throw new InvalidOperationException("the door system is asleep");
            }

            _holders[card] = holder;
            return Task.CompletedTask;
        }

        public Task RevokeAsync(string card, CancellationToken cancellationToken)
        {
            Revocations++;
            _holders.Remove(card);
            return Task.CompletedTask;
        }
    }
}
