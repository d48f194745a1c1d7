using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.Abstractions.Targets;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Runtime.Registration;
using Hermes.Testing.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.ModelChanges;

public sealed class SchemaChangeTests : ClientTest
{
    private static readonly string[] Attributes = ["id", "login", "first", "mail"];

    private readonly RecordingNotifier _notifier = new();

    private static void Model(IHermesClientBuilder client) => client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("name", "first"));

    private static void WithGroups(IHermesClientBuilder client)
    {
        Model(client);
        client.DataType("Groups", type => type.From("SRVGroups").Map("id").Map("name"));
    }

    private static DataSchema Keyed(params string[] key) => new(Campus.Type("SRVUsers", Attributes, key));

    private static AddedEvent User(EntryKey key, string id, string login) =>
        new("SRVUsers", key, Entry.Of(("id", id), ("login", login), ("first", "Ada")), EventCategory.Base);

    [Fact]
    public async Task A_changed_key_rekeys_entries_trashbin_and_queue_back_and_forth()
    {
        await PopulatedAsync();
        Target.Fail(change => change is EntryModified);
        await Harness.SendAsync(
            new RemovedEvent("SRVUsers", EntryKey.Of("2")),
            new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Empty, Entry.Of(("first", "Eve")), [])),
            new DataSchemaEvent(Keyed("login", "id")),
            User(EntryKey.Of("cyd", "3"), "3", "cyd"),
            new ModifiedEvent("SRVUsers", EntryKey.Of("ada", "1"), new AttributeChanges(Entry.Empty, Entry.Of(("first", "Zoe")), [])),
            new DataSchemaEvent(Keyed("id", "login")),
            User(EntryKey.Of("2", "bob"), "2", "bob"));
        await Harness.AppliedAsync();

        (await QueueAsync()).Should().Equal("Modified Users[(1, ada)] 1", "Modified Users[(1, ada)] 0");
        Applied.TakeLast(2).Should().Equal("Added Users[(cyd, 3)]", "Recycled Users[(2, bob)]");

        await Harness.SendAsync(new DataSchemaEvent(Keyed("id")));
        await Harness.AppliedAsync();
        Target.Recover();
        await Harness.Control.RetryAllAsync();

        (await LocalAsync("Users")).Select(entry => entry.Key.ToString()).Should().BeEquivalentTo("1", "2", "3");
        Target.Applied[^1].Should().BeOfType<EntryModified>().Which.Entry.Get("name").Should().Be((Value)"Zoe");
        await ShouldBeSettledAsync();
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task The_target_gets_to_know_the_key_of_a_type_that_the_server_has_later_than_the_client()
    {
        await Harness.SendInitSyncAsync(Keyed("id"), Campus.User("1", "ada"));
        await StartAsync(model: WithGroups);
        await Harness.AppliedAsync();
        Target.Types.Single(type => type.Name == "Groups").Key.Should().BeEmpty();

        await Harness.SendAsync(new DataSchemaEvent(new(Keyed("id").Types[0], Campus.Type("SRVGroups", ["id", "name"], ["id"]))), Campus.Group("g", "Maths"));
        await Harness.AppliedAsync();

        Target.Types.Single(type => type.Name == "Groups").Key.Should().Equal("id");
        Applied.Should().EndWith("Added Groups[g]");
    }

    [Fact]
    public async Task The_target_is_told_the_key_of_a_type_that_the_server_no_longer_has_while_removals_wait()
    {
        var schema = new DataSchema(Keyed("id").Types[0], Campus.Type("SRVGroups", ["id", "name"], ["id"]));
        await Harness.SendInitSyncAsync(schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"));
        await StartAsync(model: WithGroups);
        await Harness.AppliedAsync();
        Target.Fail(change => change is EntryRemoved);
        await Harness.SendAsync(new RemovedEvent("SRVGroups", EntryKey.Of("g")), new DataSchemaEvent(Keyed("id")));
        await Harness.AppliedAsync();
        Target.Types.Single(type => type.Name == "Groups").Key.Should().Equal("id");
        await Harness.StopAsync();

        Target = new();
        await StartAsync(model: WithGroups);
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        Target.Types.Single(type => type.Name == "Groups").Key.Should().Equal("id");
        Applied.Should().Equal("Removed Groups[g]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Trashed_entries_without_the_new_key_are_purged_first()
    {
        await PopulatedAsync();
        await Harness.SendAsync(
            new RemovedEvent("SRVUsers", EntryKey.Of("2")),
            new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Of(("mail", "a@x")), Entry.Empty, [])),
            new DataSchemaEvent(Keyed("mail")));
        await Harness.AppliedAsync();

        Applied.Should().EndWith("Removed Users[2]");
        (await LocalAsync("Users")).Select(entry => entry.Key).Should().Equal(EntryKey.Of("a@x"));
    }

    [Fact]
    public async Task A_trashed_entry_whose_new_key_a_live_one_has_is_purged_first()
    {
        await PopulatedAsync();
        await Harness.SendAsync(
            new RemovedEvent("SRVUsers", EntryKey.Of("2")),
            User(EntryKey.Of("3"), "3", "bob"),
            new DataSchemaEvent(Keyed("login")),
            new ModifiedEvent("SRVUsers", EntryKey.Of("bob"), new AttributeChanges(Entry.Empty, Entry.Of(("first", "Eve")), [])));
        await Harness.AppliedAsync();

        Applied.TakeLast(2).Should().Equal("Removed Users[2]", "Modified Users[bob]");
        (await IdsAsync()).Should().BeEquivalentTo("ada 1", "bob 3");
        (await Harness.Control.ListDeadLettersAsync()).Items.Should().BeEmpty();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_removal_that_waits_keeps_its_old_key_if_a_live_entry_gets_the_new_one()
    {
        await PopulatedAsync();
        await RestartAsync(model: Model);
        Target.Fail(change => change is EntryRemoved);
        await Harness.SendAsync(new RemovedEvent("SRVUsers", EntryKey.Of("2")), User(EntryKey.Of("3"), "3", "bob"), new DataSchemaEvent(Keyed("login")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Users[2] 1");

        Target.Recover();
        await Harness.Control.RetryAllAsync();

        Applied.Should().EndWith("Removed Users[2]");
        (await IdsAsync()).Should().BeEquivalentTo("ada 1", "bob 3");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_type_that_comes_back_with_another_key_recycles_from_its_trashbin()
    {
        await PopulatedAsync();
        await Harness.SendAsync(
            new RemovedEvent("SRVUsers", EntryKey.Of("2")),
            new RemovedEvent("SRVUsers", EntryKey.Of("1")),
            new DataSchemaEvent(new DataSchema(Campus.Type("SRVOther", ["id"], ["id"]))),
            new DataSchemaEvent(Keyed("login", "id")),
            User(EntryKey.Of("bob", "2"), "2", "bob"));
        await Harness.AppliedAsync();

        Applied.Should().EndWith("Recycled Users[(bob, 2)]");
        (await Harness.Control.ListTrashbinAsync()).Items.Should().ContainSingle().Which.Key.Should().Be(EntryKey.Of("ada", "1"));
    }

    [Fact]
    public async Task A_type_that_is_gone_keeps_its_trashbin_and_recycles_from_it_when_it_is_back()
    {
        await PopulatedAsync();
        await Harness.SendAsync(
            new RemovedEvent("SRVUsers", EntryKey.Of("2")),
            new RemovedEvent("SRVUsers", EntryKey.Of("1")),
            new DataSchemaEvent(new DataSchema(Campus.Type("SRVOther", ["id"], ["id"]))));
        await Harness.AppliedAsync();
        (await Harness.Control.ListTrashbinAsync()).Items.Should().HaveCount(2);
        Harness.Control.Status.Warnings.Should().ContainSingle().Which.Should().Contain("'SRVUsers', which the server does not send");
        _notifier.About(NotificationTopic.SchemaChange).Should().ContainSingle();

        await Harness.SendAsync(new DataSchemaEvent(Keyed("id")), User(EntryKey.Of("1"), "1", "ada"));
        await Harness.AppliedAsync();
        Applied.Should().EndWith("Recycled Users[1]");

        await Harness.AdvanceAsync(TimeSpan.FromDays(11));
        Applied.Should().EndWith("Removed Users[2]");
        _notifier.About(NotificationTopic.DataModelWarnings)[^1].IsOver.Should().BeTrue();
    }

    [Fact]
    public async Task An_attribute_that_became_secret_is_purged_from_every_view_and_the_queue()
    {
        await PopulatedAsync();
        Target.Fail();
        await Harness.SendAsync(
            User(EntryKey.Of("3"), "3", "cyd"), new DataSchemaEvent(new DataSchema(Campus.Type("SRVUsers", Attributes, ["id"], secrets: ["first"]))));
        await Harness.AppliedAsync();

        (await RemoteAsync("SRVUsers")).Should().OnlyContain(entry => !entry.Expected!.Entry.ContainsKey("first"));
        (await LocalAsync("Users")).Should().OnlyContain(entry => !entry.Expected!.Entry.ContainsKey("name"));
        (await Harness.Control.ListErrorQueueAsync()).Items[0].Entry!.Keys.Should().Equal("login");
    }

    [Fact]
    public async Task A_new_attribute_that_is_mapped_already_arrives_with_its_events()
    {
        await PopulatedAsync(client => client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("phone").MayComeLater()));
        Harness.Control.Status.Warnings.Should().ContainSingle().Which.Should().Contain("'phone', which the server does not send");
        await Harness.SendAsync(
            new DataSchemaEvent(new DataSchema(Campus.Type("SRVUsers", [.. Attributes, "phone"], ["id"]))),
            new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Of(("phone", "42")), Entry.Empty, [])));
        await Harness.AppliedAsync();

        Harness.Control.Status.Warnings.Should().BeEmpty();
        Target.Entries("Users")[EntryKey.Of("1")].Get("phone").Should().Be((Value)"42");
    }

    private async Task<IEnumerable<string>> IdsAsync() => (await RemoteAsync("SRVUsers")).Select(entry => $"{entry.Key} {entry.Expected!.Entry["id"]}");

    private async Task PopulatedAsync(Action<IHermesClientBuilder>? model = null)
    {
        Harness.Notifier = _notifier;
        await Harness.SendInitSyncAsync(Keyed("id"), User(EntryKey.Of("1"), "1", "ada"), User(EntryKey.Of("2"), "2", "bob"));
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(10), model ?? Model);
        await Harness.AppliedAsync();
    }
}
