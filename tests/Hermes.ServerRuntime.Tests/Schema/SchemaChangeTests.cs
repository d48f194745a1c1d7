using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Registration;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Schema;

/// <summary>Changes of the data model, restart by restart.</summary>
public sealed class SchemaChangeTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly InMemoryTable _groups;
    private readonly ServerHarness _harness = new();

    public SchemaChangeTests()
    {
        _users = _source.Table("users", "id", "login", "name", "pin").Add(1, "ada", "Ada", "1234").Add(2, "bob", "Bob", "5678");
        _groups = _source.Table("groups", "id", "name").Add("g1", "Physics").Add("g2", "Chemistry");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Dropped_type_is_removed_entry_by_entry_and_comes_back_as_added()
    {
        await StartAsync(Groups, Users());

        await StartAsync(Groups);
        Sent().Should().Equal("removed Users 1", "removed Users 2", "dataschema Groups[id](id,name)");

        await StartAsync(Groups, Users());
        Sent().Should().Equal(
            "dataschema Groups[id](id,name); Users[id](id,login,name)",
            "added Users 1: id=1 login=\"ada\" name=\"Ada\"",
            "added Users 2: id=2 login=\"bob\" name=\"Bob\"");
    }

    [Fact]
    public async Task Several_dropped_types_leave_in_reverse_order()
    {
        _source.Table("rooms", "id").Add("r1");
        await StartAsync(Groups, Users(), Rooms);

        await StartAsync(Rooms);

        Sent().Should().Equal(
            "removed Users 1", "removed Users 2", "removed Groups \"g1\"", "removed Groups \"g2\"", "dataschema Rooms[id](id)");
    }

    [Fact]
    public async Task Added_and_dropped_attributes_follow_the_schema()
    {
        await StartAsync(Users("login"));

        await StartAsync(Users("login", "name"));
        Sent().Should().Equal(
            "dataschema Users[id](id,login,name)", "modified Users 1: +name=\"Ada\"", "modified Users 2: +name=\"Bob\"");

        await StartAsync(Users("name"));
        Sent().Should().Equal("dataschema Users[id](id,name)", "modified Users 1: -login", "modified Users 2: -login");
    }

    [Fact]
    public async Task Initsync_after_a_change_of_the_schema_waits_for_a_poll_so_that_new_clients_lack_nothing_that_others_have()
    {
        await StartAsync(Users("login", "name"));
        await _harness.StopAsync();
        _users.Fail();
        await _harness.LaunchAsync(server => Add(server, [Users("login")]));

        (await _harness.Control.InitSyncAsync()).Succeeded.Should().BeFalse();
        Sent().Should().Equal("dataschema Users[id](id,login)");

        _users.Recover();
        (await _harness.Control.InitSyncAsync()).Succeeded.Should().BeTrue();
        Sent().Should().Equal(
            "modified Users 1: -name",
            "modified Users 2: -name",
            "init-start Users[id](id,login)",
            "init Users 1: id=1 login=\"ada\"",
            "init Users 2: id=2 login=\"bob\"",
            "init-stop");
    }

    [Fact]
    public async Task Changed_mapping_is_a_change_of_data_and_not_of_the_schema()
    {
        await StartAsync(Users("name"));

        await StartAsync(server => server.DataType("Users", type => type.Key("id")
            .From("hr", source => source.Fetch("users").Map("id").Map("name", "{{ name | upper }}"))));

        Sent().Should().Equal("modified Users 1: name=\"ADA\"", "modified Users 2: name=\"BOB\"");
    }

    [Fact]
    public async Task Attribute_that_becomes_secret_is_purged_and_sent_as_added_and_later_plain_again()
    {
        await StartAsync(Users("pin"));
        StoredText().Should().Contain("1234");

        await StartAsync(Secret(Users("pin"), "pin"));
        Sent().Should().Equal(
            "dataschema Users[id](id,pin!)", "modified Users 1: +pin=\"1234\"", "modified Users 2: +pin=\"5678\"");
        StoredText().Should().NotContain("1234").And.NotContain("5678");

        await StartAsync(Users("pin"));
        Sent().Should().Equal("dataschema Users[id](id,pin)", "modified Users 1: +pin=\"1234\"", "modified Users 2: +pin=\"5678\"");
    }

    [Fact]
    public async Task Attribute_that_becomes_cache_only_is_removed_and_comes_back()
    {
        await StartAsync(Users("name"));

        await StartAsync(CacheOnly(Users("name"), "name"));
        Sent().Should().Equal("dataschema Users[id](id)", "modified Users 1: -name", "modified Users 2: -name");

        await StartAsync(Users("name"));
        Sent().Should().Equal("dataschema Users[id](id,name)", "modified Users 1: +name=\"Ada\"", "modified Users 2: +name=\"Bob\"");
    }

    [Fact]
    public async Task Key_changes_to_another_single_one_to_a_tuple_reversed_and_back_without_losing_entries()
    {
        await StartAsync(Keyed("id"));

        await StartAsync(Keyed("login"));
        Sent().Should().Equal("dataschema Users[login](id,login,name)");

        await StartAsync(Keyed("login", "id"));
        Sent().Should().Equal("dataschema Users[login,id](id,login,name)");

        await StartAsync(Keyed("id", "login"));
        Sent().Should().Equal("dataschema Users[id,login](id,login,name)");

        _users.Set(1, "name", "Ada King");
        await StartAsync(Keyed("id"));
        Sent().Should().Equal("dataschema Users[id](id,login,name)", "modified Users 1: name=\"Ada King\"");
    }

    [Fact]
    public async Task Entries_without_the_new_key_leave_under_the_old_one_and_come_back_under_the_new_one()
    {
        await StartAsync(Users("name"));

        await StartAsync(Keyed("login"));

        Sent().Should().Equal(
            "removed Users 1",
            "removed Users 2",
            "dataschema Users[login](id,login,name)",
            "added Users \"ada\": id=1 login=\"ada\" name=\"Ada\"",
            "added Users \"bob\": id=2 login=\"bob\" name=\"Bob\"");
    }

    [Fact]
    public async Task Of_entries_that_share_the_new_key_one_stays_and_the_others_leave()
    {
        _users.Add(3, "ada", "Ada the second", "0");
        await StartAsync(Keyed("id"));
        _users.Remove(3);

        await StartAsync(Keyed("login"));

        Sent().Should().Equal("removed Users 3", "dataschema Users[login](id,login,name)");
    }

    [Fact]
    public async Task Changed_order_of_types_is_told()
    {
        await StartAsync(Groups, Users("name"));

        await StartAsync(Users("name"), Groups);

        Sent().Should().Equal("dataschema Users[id](id,name); Groups[id](id,name)");
    }

    [Fact]
    public async Task Schema_change_is_stored_once_even_if_the_bus_is_down_meanwhile()
    {
        await StartAsync(Users("name"));
        _harness.Bus.FailNextSends(1);

        var result = await _harness.StartAsync(server => Add(server, [Users("name", "login")]));
        if (!result.Succeeded)
            result = await _harness.UpdateAsync();

        result.Error.Should().BeNull();
        Sent().Should().Equal(
            "dataschema Users[id](id,login,name)", "modified Users 1: +login=\"ada\"", "modified Users 2: +login=\"bob\"");
    }

    [Fact]
    public async Task Schema_changes_are_notified_in_words()
    {
        await StartAsync(Groups, Users("name"));

        await StartAsync(Users("login"));

        _harness.Notifier.About(NotificationTopic.SchemaChange).Should().ContainSingle().Which.Current.Should().Equal(
            "type Groups dropped", "type Users: attribute name dropped", "type Users: attribute login added");
    }

    [Fact]
    public async Task Very_first_start_tells_no_schema()
    {
        await StartAsync(Groups);

        _harness.Events.Should().BeEmpty();
        _harness.Notifier.Notifications.Should().BeEmpty();
    }

    private static Action<IHermesServerBuilder> Secret(Action<IHermesServerBuilder> type, string attribute) =>
        type + (server => server.Configure(options => options.Model.DataTypes[^1].Sources[0].SecretAttributes.Add(attribute)));

    private static Action<IHermesServerBuilder> CacheOnly(Action<IHermesServerBuilder> type, string attribute) =>
        type + (server => server.Configure(options => options.Model.DataTypes[^1].Sources[0].CacheOnlyAttributes.Add(attribute)));

    private static void Groups(IHermesServerBuilder server) =>
        server.DataType("Groups", type => type.Key("id").From("hr", source => source.Fetch("groups").MapAll("id", "name")));

    private static void Rooms(IHermesServerBuilder server) =>
        server.DataType("Rooms", type => type.Key("id").From("hr", source => source.Fetch("rooms").MapAll("id")));

    private static Action<IHermesServerBuilder> Keyed(params string[] key) =>
        server => server.DataType("Users", type => type.Key(key).From("hr", source => source.Fetch("users").MapAll("id", "login", "name")));

    private static Action<IHermesServerBuilder> Users(params string[] attributes) => server => server.DataType("Users", type => type
        .Key("id")
        .From("hr", source => source.Fetch("users").Map("id").MapAll(attributes.Length == 0 ? ["login", "name"] : attributes)));

    private async Task StartAsync(params Action<IHermesServerBuilder>[] types) =>
        (await _harness.StartAsync(server => Add(server, types))).Error.Should().BeNull();

    private void Add(IHermesServerBuilder server, Action<IHermesServerBuilder>[] types)
    {
        server.AddInMemorySource("hr", _source).GuardRemovals(guard => guard.Enabled = false);
        foreach (var type in types)
            type(server);
    }

    private string StoredText() => string.Concat(_harness.State.ContentsOf("Users").Select(System.Text.Encoding.UTF8.GetString));

    private IReadOnlyList<string> Sent() => EventLines.Of(_harness.TakeEvents());
}
