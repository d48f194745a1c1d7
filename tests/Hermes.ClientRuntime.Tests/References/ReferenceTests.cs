using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Runtime.Registration;
using Hermes.Testing.Targets;
using Microsoft.Extensions.DependencyInjection;
using static Hermes.ClientRuntime.Tests.References.Teams;

namespace Hermes.ClientRuntime.Tests.References;

public sealed class ReferenceTests : IAsyncLifetime
{
    private readonly ClientHarness _harness = new();
    private readonly LinkedObjects _objects = new("boss", "members", "subteams");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task One_of_three_members_that_is_not_on_the_target_does_not_hold_back_the_others_and_follows_when_it_comes()
    {
        await StartAsync([Person(1), Person(2), Team(7, [1, 3, 2])]);
        _objects.Held.Should().Equal("Teams[7] members: People[1], People[2]");
        (await PendingAsync()).Should().Equal("Teams[7] members -> People[3]");
        _harness.Control.Status.PendingReferences.Should().Be(1);
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();

        await SendAsync(Person(3));
        _objects.Held.Should().Equal("Teams[7] members: People[1], People[2], People[3]");
        await ShouldBeCompleteAsync();
    }

    public static TheoryData<int[]> Orders => [.. Permutations([0, 1, 2, 3])];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task What_refers_to_each_other_is_complete_in_whatever_order_it_comes_over_restarts_and_kills(int[] order)
    {
        AddedEvent[] events = [Person(1, boss: 2), Person(2, boss: 1), Team(7, [1, 2], 8), Team(8, [2], 7, 8)];
        await StartAsync([]);
        foreach (var place in order)
        {
            await SendAsync(events[place]);
            if (place % 2 == 0)
                await _harness.KillAsync();
            await RestartAsync();
        }

        _objects.Held.Should().Equal(
            "People[1] boss: People[2]",
            "People[2] boss: People[1]",
            "Teams[7] members: People[1], People[2]",
            "Teams[7] subteams: Teams[8]",
            "Teams[8] members: People[2]",
            "Teams[8] subteams: Teams[7], Teams[8]");
        await ShouldBeCompleteAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task A_member_that_vanishes_and_comes_back_is_a_member_again(int daysInTrashbin)
    {
        await StartAsync([Person(1), Person(2, boss: 1), Team(7, [1, 2])], options => options.TrashbinRetention = TimeSpan.FromDays(daysInTrashbin));
        await SendAsync(Left("SRVPeople", 1));
        _objects.Held.Should().Equal("Teams[7] members: People[2]");
        (await PendingAsync()).Should().BeEquivalentTo("Teams[7] members -> People[1]", "People[2] boss -> People[1]");
        await RestartAsync();
        await SendAsync(Person(1));

        _objects.Held.Should().Equal("People[2] boss: People[1]", "Teams[7] members: People[1], People[2]");
        await ShouldBeCompleteAsync();
    }

    [Fact]
    public async Task A_member_that_vanishes_and_comes_back_in_one_batch_is_a_member_again()
    {
        await StartAsync([Person(1), Person(2), Team(7, [1, 2])], options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await SendAsync(Left("SRVPeople", 1), Person(1));

        _objects.Held.Should().Equal("Teams[7] members: People[1], People[2]");
        await ShouldBeCompleteAsync();
    }

    [Fact]
    public async Task A_team_that_lies_in_the_trashbin_comes_back_with_the_members_that_are_there_by_then()
    {
        await StartAsync([Person(1), Person(2), Team(7, [1, 2, 3])], options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await SendAsync(Left("SRVTeams", 7), Left("SRVPeople", 1), Person(3));
        (await PendingAsync()).Should().BeEmpty("what lies in the trashbin waits for nothing");
        await SendAsync(Team(7, [1, 2, 3]));

        _objects.Held.Should().Equal("Teams[7] members: People[2], People[3]");
        (await PendingAsync()).Should().Equal("Teams[7] members -> People[1]");
        await SendAsync(Person(1));
        _objects.Held.Should().Equal("Teams[7] members: People[1], People[2], People[3]");
    }

    [Fact]
    public async Task An_object_that_was_deleted_by_hand_is_referred_to_again_when_it_is_made_anew()
    {
        await StartAsync([Person(1), Person(2, boss: 1), Team(7, [1, 2])]);
        _objects.Delete(new EntryId("People", EntryKey.Of(1)));
        await SendAsync(Changed("SRVPeople", 1, ("name", "Ada")));

        _objects.Held.Should().Equal("People[2] boss: People[1]", "Teams[7] members: People[1], People[2]");
        await ShouldBeCompleteAsync();
    }

    [Fact]
    public async Task An_entry_whose_change_fails_holds_back_only_the_references_to_it()
    {
        _objects.Hook = change =>
        {
            if (change is EntryAdded { Type: "People" } && change.Key == EntryKey.Of(1))
                throw new TargetException("Its name is not allowed.", FaultKind.Permanent);
        };
        await StartAsync([Team(7, [1, 2]), Person(1), Person(2)]);
        _objects.Held.Should().Equal("Teams[7] members: People[2]");
        (await PendingAsync()).Should().Equal("Teams[7] members -> People[1]");

        _objects.Hook = _ => { };
        await _harness.Control.RetryAllAsync();
        await _harness.AppliedAsync();
        _objects.Held.Should().Equal("Teams[7] members: People[1], People[2]");
        await ShouldBeCompleteAsync();
    }

    [Fact]
    public async Task What_comes_between_two_attempts_of_which_the_first_did_some_of_its_steps_is_not_lost()
    {
        var (isRefused, told) = (true, new List<string>());
        var target = new Callback(async (change, context, token) =>
        {
            if (change is not { Type: "Teams" })
                return;
            await context.StepAsync("put", _ => Tell(told, change), token);
            if (isRefused)
                throw new TargetException("The quota is used up.", FaultKind.Permanent);
        });
        await _harness.SendInitSyncAsync(Schema, Person(1), Team(7, [1, 2]));
        await _harness.StartAsync(target, client => client.TeamModel());
        await _harness.AppliedAsync();
        await SendAsync(Person(2));
        isRefused = false;
        await _harness.Control.RetryAllAsync();
        await _harness.AppliedAsync();

        told.Should().Equal("Added [1]", "Modified [1, 2]");
        await ShouldBeCompleteAsync();
    }

    [Fact]
    public async Task A_reference_is_taken_back_and_changed_like_every_attribute()
    {
        await StartAsync([Person(1), Person(2), Person(3, boss: 1), Team(7, [1, 2])]);
        await SendAsync(
            Changed("SRVPeople", 3, ("boss", 2)),
            Changed("SRVTeams", 7, ("members", List(2, 3))));
        _objects.Held.Should().Equal("People[3] boss: People[2]", "Teams[7] members: People[2], People[3]");

        await SendAsync(Changed("SRVPeople", 3, ("boss", 9)));
        _objects.Held.Should().Equal("Teams[7] members: People[2], People[3]");
        (await PendingAsync()).Should().Equal("People[3] boss -> People[9]");
        await SendAsync(new ModifiedEvent("SRVPeople", EntryKey.Of(3), new AttributeChanges(Entry.Empty, Entry.Empty, ["boss"])));
        await ShouldBeCompleteAsync();
    }

    [Fact]
    public async Task A_group_that_waits_for_all_its_members_is_not_written_for_each_of_them()
    {
        await StartAsync([Team(7, [.. Enumerable.Range(1, 300)]), .. Enumerable.Range(1, 300).Select(id => Person(id))]);

        _objects.Told.Count(told => told.StartsWith("Modified Teams[7]", StringComparison.Ordinal)).Should().BeLessThanOrEqualTo(3);
        await ShouldBeCompleteAsync();
    }

    [Fact]
    public async Task What_holds_no_keys_waits_in_the_error_queue_and_says_so()
    {
        var wrong = Team(7, []) with { Attributes = Entry.Of(("id", 7), ("members", ValueMap.Create(new Dictionary<string, Value> { ["key"] = 1 }))) };
        await StartAsync([wrong]);

        (await _harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle()
            .Which.Message.Should().Contain("'members' of Teams").And.Contain("list of keys of People");
    }

    [Fact]
    public async Task An_attribute_that_becomes_a_reference_is_told_anew_and_one_that_is_none_any_more_as_it_is()
    {
        await _harness.SendInitSyncAsync(Schema, Person(1), Person(2, boss: 1), Person(3, boss: 9));
        var target = new RecordingTarget();
        void Plain(IHermesClientBuilder client) => client.DataType("People", type => type.From("SRVPeople").MapAll("id", "boss"));
        await _harness.StartAsync(target, Plain);
        await _harness.AppliedAsync();
        await _harness.StopAsync();
        await _harness.StartAsync(target, client => client.DataType("People", type => type.From("SRVPeople").MapAll("id", "boss").Reference("boss", "People")));
        await _harness.AppliedAsync();
        target.Entries("People").Values.Select(entry => entry.Get("boss")).Should().Equal(Value.Null, 1, 9);
        target.Applied.Skip(3).OfType<EntryModified>().Select(change => change.Key).Should().Equal(EntryKey.Of(2));
        (await PendingAsync()).Should().Equal("People[3] boss -> People[9]");

        await _harness.StopAsync();
        await _harness.StartAsync(target, Plain);
        await _harness.AppliedAsync();
        target.Applied.Skip(4).OfType<EntryModified>().Select(change => change.Key).Should().Equal(EntryKey.Of(2), EntryKey.Of(3));
        await ShouldBeCompleteAsync();
    }

    [Fact]
    public async Task Keys_of_several_parts_are_lists_in_the_order_of_the_key()
    {
        var schema = new DataSchema(Campus.Type("SRVRooms", ["house", "number"], ["house", "number"]), Campus.Type("SRVDesks", ["id", "room", "others"], ["id"]));
        Value Room(string house, int number) => ValueList.Create([house, number]);
        AddedEvent Desk(Value room, Value others) => new("SRVDesks", EntryKey.Of(1), Entry.Of(("id", 1), ("room", room), ("others", others)), EventCategory.Base);
        AddedEvent Built(string house, int number) =>
            new("SRVRooms", EntryKey.Of(house, number), Entry.Of(("house", house), ("number", number)), EventCategory.Base);
        var objects = new LinkedObjects("room", "others");
        await _harness.SendInitSyncAsync(schema, Desk(Room("A", 1), ValueList.Create([Room("A", 1), Room("B", 2)])), Built("A", 1));
        await _harness.StartAsync(objects, client => client
            .DataType("Rooms", type => type.From("SRVRooms").MapAll("house", "number"))
            .DataType("Desks", type => type.From("SRVDesks").MapAll("id", "room", "others").Reference("room", "Rooms").References("others", "Rooms")));
        await _harness.AppliedAsync();
        objects.Held.Should().Equal("Desks[1] others: Rooms[(A, 1)]", "Desks[1] room: Rooms[(A, 1)]");

        await SendAsync(Built("B", 2));
        objects.Held.Should().Equal("Desks[1] others: Rooms[(A, 1)], Rooms[(B, 2)]", "Desks[1] room: Rooms[(A, 1)]");
    }

    private static ValueTask Tell(List<string> told, TargetChange change)
    {
        told.Add($"{change.Kind} {(change is EntryModified modified ? modified.Entry : ((EntryAdded)change).Entry).Get("members")}");
        return default;
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(item => Permutations([.. items.Where(other => other != item)]).Select(rest => (int[])[item, .. rest]));

    private async Task StartAsync(AddedEvent[] entries, Action<ClientOptions>? configure = null)
    {
        await _harness.SendInitSyncAsync(Schema, entries);
        _configure = configure;
        await StartAsync();
    }

    private Action<ClientOptions>? _configure;

    private async Task StartAsync()
    {
        await _harness.StartAsync(_objects, client => client.TeamModel().Configure(options => _configure?.Invoke(options)));
        await _harness.AppliedAsync();
    }

    private async Task RestartAsync()
    {
        await _harness.StopAsync();
        await StartAsync();
    }

    private async Task SendAsync(params HermesEvent[] events)
    {
        await _harness.SendAsync(events);
        await _harness.AppliedAsync();
    }

    private async Task<IEnumerable<string>> PendingAsync() => (await _harness.Control.ListPendingReferencesAsync()).Items.Select(pending => pending.ToString());

    private async Task ShouldBeCompleteAsync()
    {
        (await PendingAsync()).Should().BeEmpty();
        _harness.Control.Status.PendingReferences.Should().Be(0);
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
    }

    private sealed class Callback(Func<TargetChange, TargetContext, CancellationToken, ValueTask> apply) : IClientTarget
    {
        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => apply(change, context, cancellationToken);
    }
}
