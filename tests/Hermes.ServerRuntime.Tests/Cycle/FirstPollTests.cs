using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Cycle;

public sealed class FirstPollTests
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;

    public FirstPollTests() => _users = _source.Table("users", "id", "name").Add(1, "Ada").Add(2, "Bob");

    [Fact]
    public async Task First_poll_is_silent()
    {
        await using var harness = new ServerHarness();

        var result = await harness.StartAsync(Users);

        result.Succeeded.Should().BeTrue(result.Error);
        harness.Events.Should().BeEmpty();
        harness.Control.Status.Types.Should().ContainSingle().Which.Entries.Should().Be(2);
    }

    [Fact]
    public async Task Changes_after_the_first_poll_are_sent_added_then_modified_then_removed()
    {
        await using var harness = new ServerHarness();
        await harness.StartAsync(Users);

        _users.Remove(1);
        _users.Set(2, "name", "Bobby");
        _users.Add(3, "Cid");
        var result = await harness.UpdateAsync();

        result.Error.Should().BeNull();
        harness.TakeEvents().Should().Equal(
            new AddedEvent("Users", EntryKey.Of(3), Entry.Of(("id", 3), ("name", "Cid")), EventCategory.Base),
            new ModifiedEvent("Users", EntryKey.Of(2), new AttributeChanges(Entry.Empty, Entry.Of(("name", "Bobby")), [])),
            new RemovedEvent("Users", EntryKey.Of(1)));
    }

    [Fact]
    public async Task A_second_poll_of_the_same_data_sends_nothing()
    {
        await using var harness = new ServerHarness();
        await harness.StartAsync(Users);
        await harness.UpdateAsync();
        await harness.UpdateAsync();

        harness.Events.Should().BeEmpty();
    }

    [Fact]
    public async Task Restarted_server_goes_on_where_the_last_one_ended()
    {
        await using var harness = new ServerHarness();
        await harness.StartAsync(Users);
        await harness.StopAsync();
        _users.Add(3, "Cid");

        await harness.StartAsync(Users);

        harness.TakeEvents().Should().Equal(new AddedEvent("Users", EntryKey.Of(3), Entry.Of(("id", 3), ("name", "Cid")), EventCategory.Base));
    }

    [Fact]
    public async Task Initsync_on_request_brings_schema_and_all_entries()
    {
        await using var harness = new ServerHarness();
        await harness.StartAsync(Users);

        (await harness.Control.InitSyncAsync()).Error.Should().BeNull();

        var events = harness.TakeEvents();
        events[0].Should().BeOfType<InitStartEvent>().Which.Schema.Types.Should().ContainSingle().Which.Attributes.Should().Equal("id", "name");
        events.Skip(1).SkipLast(1).Should().Equal(
            new AddedEvent("Users", EntryKey.Of(1), Entry.Of(("id", 1), ("name", "Ada")), EventCategory.InitSync),
            new AddedEvent("Users", EntryKey.Of(2), Entry.Of(("id", 2), ("name", "Bob")), EventCategory.InitSync));
        events[^1].Should().Be(new InitStopEvent());
    }

    [Fact]
    public async Task Initsync_follows_the_first_poll_if_the_option_says_so_and_only_that_one()
    {
        await using var harness = new ServerHarness();
        await harness.StartAsync(server => Users(server.InitSyncAtFirstPoll()));
        harness.TakeEvents().Should().HaveCount(4);

        await harness.UpdateAsync();
        await harness.StartAsync(server => Users(server.InitSyncAtFirstPoll()));

        harness.TakeEvents().Should().BeEmpty();
    }

    private void Users(Hermes.Runtime.Registration.IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "name")));
}
