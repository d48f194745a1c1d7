using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Recovery;

public sealed class ReinitialisationTests : ClientTest
{
    private static readonly AddedEvent Ada = Campus.User("1", "ada");
    private static readonly AddedEvent Bob = Campus.User("2", "bob");
    private static readonly AddedEvent Maths = Campus.Group("g", "Maths");
    private static readonly AddedEvent AdaInMaths = Campus.Member("1", "g");

    private IEnumerable<string> Later => Applied.Skip(_applied);

    private int _applied;

    [Fact]
    public async Task A_resync_adds_what_is_missing_modifies_what_differs_and_removes_what_is_gone_children_first()
    {
        await StartWithAsync(Ada, Bob, Maths, AdaInMaths);
        await Harness.SendResyncAsync(Campus.Schema, Campus.User("2", "bobby"), Campus.User("3", "cleo"), Campus.Group("h", "Arts"), Campus.Member("3", "h"));
        await Harness.AppliedAsync();

        Later.Should().Equal(
            "Modified Users[2]", "Added Users[3]", "Added Groups[h]", "Added Members[(3, h)]", "Removed Members[(1, g)]", "Removed Groups[g]", "Removed Users[1]");
        await ShouldBeSettledAsync();
        (await RemoteAsync("SRVUsers")).Select(entry => entry.Key.ToString()).Should().Equal("2", "3");
    }

    [Fact]
    public async Task An_initsync_that_is_no_resync_is_passed_over_by_a_client_that_is_initialised()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendInitSyncAsync(Campus.Schema, Ada);
        await Harness.AppliedAsync();
        Later.Should().BeEmpty();
    }

    [Fact]
    public async Task A_resync_is_not_used_before_it_is_complete()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendAsync(new InitStartEvent(Campus.Schema) { IsResync = true }, InitSync(Ada));
        await Harness.AppliedAsync();
        Later.Should().BeEmpty();

        await RestartAsync();
        Later.Should().BeEmpty();
        await Harness.SendAsync(new InitStopEvent());
        await Harness.AppliedAsync();
        Later.Should().Equal("Removed Users[2]");
    }

    [Fact]
    public async Task A_resync_that_was_broken_off_and_sent_again_counts_from_its_second_start()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendAsync(new InitStartEvent(Campus.Schema) { IsResync = true }, InitSync(Campus.User("8", "lost")));
        await Harness.SendResyncAsync(Campus.Schema, Ada);
        await Harness.AppliedAsync();
        Later.Should().Equal("Removed Users[2]");
    }

    [Fact]
    public async Task What_follows_a_resync_is_applied_behind_it()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendResyncAsync(Campus.Schema, Ada);
        await Harness.SendAsync(Campus.Changed("1", ("login", "ada2")), Campus.User("2", "bob again"));
        await Harness.AppliedAsync();
        Later.Should().BeEquivalentTo(new[] { "Removed Users[2]", "Modified Users[1]", "Added Users[2]" }, "entries have no order among them");
    }

    [Fact]
    public async Task Asked_to_a_client_compares_with_the_latest_initsync_and_all_that_it_has_seen_behind_it()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendAsync(Campus.User("3", "cleo"), Campus.Changed("1", ("login", "ada2")), Campus.Gone(Bob));
        await Harness.AppliedAsync();
        var before = Applied.Count();

        (await Harness.Control.ReinitialiseAsync("Eve: to be sure")).Should().BeTrue();
        await Harness.AppliedAsync();

        Applied.Skip(before).Should().BeEmpty("nothing was missed");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Asked_to_a_client_brings_what_was_discarded()
    {
        await StartWithAsync(Ada);
        Target.Fail(change => change.Kind == TargetChangeKind.Modified, times: 1);
        await Harness.SendAsync(Campus.Changed("1", ("login", "ada2")));
        await Harness.AppliedAsync();
        await Harness.Control.DiscardAsync((await Harness.Control.ListErrorQueueAsync()).Items[0].Number);

        await Harness.Control.ReinitialiseAsync("Eve: heal");
        await Harness.AppliedAsync();

        Later.Should().Equal("Modified Users[1]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Asked_to_without_an_initsync_on_the_bus_a_client_waits_for_the_next_one()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendAsync(new DataSchemaEvent(new([.. Campus.Schema.Types, Campus.Type("SRVRooms", ["id"], ["id"])])));
        await Harness.AppliedAsync();
        (await Harness.Control.ReinitialiseAsync("Eve: to be sure")).Should().BeFalse("the initsync on the bus has another schema");
        await RestartAsync();
        Later.Should().BeEmpty();

        await Harness.SendInitSyncAsync(Campus.Schema, Ada);
        await Harness.AppliedAsync();
        Later.Should().Equal("Removed Users[2]");
        (await RemoteAsync("SRVRooms")).Should().BeEmpty();

        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.AppliedAsync();
        Later.Should().Equal(["Removed Users[2]"], "it was asked for one");
    }

    [Fact]
    public async Task An_initsync_that_the_bus_has_dropped_is_not_used()
    {
        await StartWithAsync(Ada, Bob);
        await Harness.SendAsync(Campus.Changed("1", ("login", "ada2")));
        await Harness.AppliedAsync();
        Harness.Bus.RemoveBefore(new(3));

        await Harness.Control.ReinitialiseAsync("Eve: to be sure");
        await Harness.AppliedAsync();
        Later.Should().Equal("Modified Users[1]");
        (await Harness.Control.ReinitialiseAsync("Eve: again")).Should().BeFalse();
        await Harness.SendInitSyncAsync(Campus.Schema, Ada);
        await Harness.AppliedAsync();
        Later.Skip(1).Should().Equal("Modified Users[1]", "Removed Users[2]");
    }

    [Fact]
    public async Task With_a_trashbin_what_is_gone_is_trashed_and_what_lies_there_and_is_back_is_recycled()
    {
        await StartWithAsync(options => options.TrashbinRetention = TimeSpan.FromDays(30), Ada, Bob, Maths);
        await Harness.SendAsync(Campus.Gone(Bob), Campus.Gone(Maths));
        await Harness.SendResyncAsync(Campus.Schema, Campus.User("2", "bobby"));
        await Harness.AppliedAsync();

        Later.Should().Equal("Trashed Users[2]", "Trashed Groups[g]", "Recycled Users[2]", "Modified Users[2]", "Trashed Users[1]");
    }

    [Fact]
    public async Task Secret_attributes_stay_as_they_are()
    {
        var model = (Runtime.Registration.IHermesClientBuilder client) => { client.DataType("Users", type => type.From("SRVUsers").MapAll("login", "pw")); };
        await Harness.SendInitSyncAsync(Campus.Schema, Ada);
        await StartAsync(null, model);
        await Harness.SendAsync(new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Of(("pw", "s3cret")), Entry.Empty, [])));
        await Harness.AppliedAsync();

        await Harness.SendResyncAsync(Campus.Schema, Campus.User("1", "ada2"));
        await Harness.AppliedAsync();

        var changes = Target.Applied[^1].Should().BeOfType<EntryModified>().Which.Changes;
        changes.Should().Be(new AttributeChanges(Entry.Empty, Entry.Of(("login", "ada2")), []));
    }

    [Fact]
    public async Task What_waits_in_the_error_queue_stays_in_its_order()
    {
        await StartWithAsync(Ada, Bob);
        Target.Fail(change => change.Key == EntryKey.Of("1"));
        await Harness.SendAsync(Campus.Changed("1", ("login", "ada2")));
        await Harness.SendResyncAsync(Campus.Schema, Campus.User("1", "ada3"));
        await Harness.AppliedAsync();
        Later.Should().Equal("Removed Users[2]");

        await RecoverAsync();
        Later.Skip(1).Should().Equal("Modified Users[1]", "Modified Users[1]");
        Target.Entries("Users")[EntryKey.Of("1")].Get("login").Should().Be((Value)"ada3");
    }

    [Fact]
    public async Task A_resync_with_another_schema_and_other_keys_is_taken_over()
    {
        await StartWithAsync(Ada, Bob);
        var schema = new Events.Schema.DataSchema(
            Campus.Type("SRVUsers", ["id", "login", "first", "last", "mail", "pw"], ["login"], secrets: ["pw"]), Campus.Schema.Types[1]);
        await Harness.SendResyncAsync(schema, Ada with { Key = EntryKey.Of("ada") }, new AddedEvent(
            "SRVUsers", EntryKey.Of("cleo"), Entry.Of(("id", "3"), ("login", "cleo"), ("first", "Cleo"), ("last", "P")), EventCategory.Base));
        await Harness.AppliedAsync();
        Later.Should().Equal("Added Users[cleo]", "Removed Users[bob]");
        await ShouldBeSettledAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Killed_at_any_commit_it_goes_on_and_calls_nothing_twice(int commits)
    {
        await StartWithAsync(Ada, Bob, Maths, AdaInMaths);
        await Harness.StopAsync();
        await Harness.SendResyncAsync(Campus.Schema, Campus.User("2", "bobby"), Maths);
        await Harness.SendAsync(Campus.User("3", "cleo"));
        var killed = Harness.State.KillAfterAsync(commits);
        await StartAsync();
        await killed;
        await RestartAsync();

        // The new entry came behind the initsync, and has no order to those in it.
        Later.Where(line => line != "Added Users[3]").Should().Equal("Modified Users[2]", "Removed Members[(1, g)]", "Removed Users[1]");
        Later.Should().ContainSingle(line => line == "Added Users[3]");
        await ShouldBeSettledAsync();
    }

    private Task StartWithAsync(params AddedEvent[] entries) => StartWithAsync(null, entries);

    private async Task StartWithAsync(Action<ClientOptions>? configure, params AddedEvent[] entries)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, entries);
        await StartAsync(configure);
        await Harness.AppliedAsync();
        _applied = Applied.Count();
    }

    private static AddedEvent InitSync(AddedEvent entry) => new(entry.Type, entry.Key, entry.Attributes, EventCategory.InitSync);
}
