using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Testing.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Scim;

/// <summary>A whole client in front of the target: what the engine does of links, references, conflicts and the trashbin is part of the test.</summary>
public sealed class WholeClientTests
{
    private static readonly DataSchema Schema = new(Type("SRVUsers", ["id", "login", "given"]), Type("SRVGroups", ["id", "members", "name"]));

    [Fact]
    public async Task Groups_get_their_members_in_whatever_order_they_come_and_lose_and_regain_who_is_trashed()
    {
        await using var campus = await Campus.StartAsync(TimeSpan.FromDays(1), Group("g", "Staff", "1", "2"), User("1", "ada"));
        campus.Members().Should().Equal("ada");
        campus.Client.Control.Status.PendingReferences.Should().Be(1);

        await campus.SendAsync(User("2", "bob"));
        campus.Members().Should().BeEquivalentTo("ada", "bob");

        await campus.SendAsync(new RemovedEvent("SRVUsers", EntryKey.Of("1")));
        campus.Members().Should().Equal("bob");
        campus.Active("ada").Should().BeFalse();

        await campus.SendAsync(User("1", "ada"));
        campus.Members().Should().BeEquivalentTo("ada", "bob");
        campus.Active("ada").Should().BeTrue();
        await campus.ShouldBeDoneAsync();
    }

    [Fact]
    public async Task Logins_that_are_swapped_are_swapped()
    {
        await using var campus = await Campus.StartAsync(TimeSpan.Zero, User("1", "ada"), User("2", "bob"));
        var former = campus.Server.All("Users").ToDictionary(user => user["id"]!.ToString(), user => user["userName"]!.ToString());

        await campus.SendAsync(Renamed("1", "bob"), Renamed("2", "ada"));

        await campus.ShouldBeDoneAsync();
        foreach (var user in campus.Server.All("Users"))
            user["userName"]!.ToString().Should().Be(former[user["id"]!.ToString()] == "ada" ? "bob" : "ada");
    }

    [Fact]
    public async Task A_user_that_somebody_deleted_is_made_anew_and_is_a_member_again()
    {
        await using var campus = await Campus.StartAsync(TimeSpan.Zero, User("1", "ada"), Group("g", "Staff", "1"));
        var former = campus.Server.All("Users").Single()["id"]!.ToString();
        campus.Server.Delete("Users", former);
        campus.Server.Change("Groups", campus.Server.All("Groups").Single()["id"]!.ToString(), group => group.Remove("members"));

        await campus.SendAsync(new ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Of(("given", "Ada")), Entry.Empty, [])));

        await campus.ShouldBeDoneAsync();
        campus.Server.All("Users").Single()["id"]!.ToString().Should().NotBe(former);
        campus.Members().Should().Equal("ada");
    }

    [Fact]
    public async Task A_login_that_a_trashed_user_has_is_given_to_a_new_one()
    {
        await using var campus = await Campus.StartAsync(TimeSpan.FromDays(1), User("1", "ada"));

        await campus.SendAsync(new RemovedEvent("SRVUsers", EntryKey.Of("1")), User("2", "ada"));

        await campus.ShouldBeDoneAsync();
        campus.Server.All("Users").Select(user => user["externalId"]!.ToString()).Should().BeEquivalentTo("1", "2");
        campus.Active("ada").Should().BeTrue();
    }

    private static AddedEvent User(string id, string login) => new("SRVUsers", EntryKey.Of(id), Entry.Of(("id", id), ("login", login)), EventCategory.Base);

    private static AddedEvent Group(string id, string name, params string[] members) => new(
        "SRVGroups", EntryKey.Of(id), Entry.Of(("id", id), ("name", name), ("members", ValueList.Create(members.Select(Value.From)))), EventCategory.Base);

    private static ModifiedEvent Renamed(string id, string login) =>
        new("SRVUsers", EntryKey.Of(id), new AttributeChanges(Entry.Empty, Entry.Of(("login", login)), []));

    private static TypeSchema Type(string name, string[] attributes) =>
        new(name, [.. attributes.Order(StringComparer.Ordinal)], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty);

    private sealed class Campus(ScimDriver scim) : IAsyncDisposable
    {
        public ClientHarness Client { get; } = new();

        public ScimServer Server => scim.Server;

        public static async Task<Campus> StartAsync(TimeSpan retention, params AddedEvent[] entries)
        {
            var campus = new Campus(await ScimDriver.StartAsync());
            await campus.Client.SendInitSyncAsync(Schema, entries);
            await campus.Client.StartAsync(campus.Target, client => client
                .DataType("Users", type => type.From("SRVUsers").MapAll("id", "login", "given").Map("mail", "{{ none }}").Map("department", "{{ none }}")
                    .Map("password", "{{ none }}").Map("manager", "{{ none }}"))
                .DataType("Groups", type => type.From("SRVGroups").MapAll("id", "name", "members").References("members", "Users"))
                .Configure(options => (options.TrashbinRetention, options.Remediation) = (retention, RemediationPolicy.Maximum)));
            await campus.Client.AppliedAsync();
            return campus;
        }

        public async Task SendAsync(params HermesEvent[] events)
        {
            await Client.SendAsync(events);
            await Client.AppliedAsync();
        }

        public IEnumerable<string> Members() =>
            (Server.All("Groups").Single()["members"]?.AsArray() ?? []).Select(member => Find("id", member!["value"]!.ToString())["userName"]!.ToString());

        public bool Active(string login) => Find("userName", login)["active"]!.GetValue<bool>();

        public async Task ShouldBeDoneAsync() => (await Client.Control.ListErrorQueueAsync()).Items.Select(queued => queued.Message).Should().BeEmpty();

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await scim.DisposeAsync();
        }

        private Hermes.Http.Scim.ScimTarget Target => scim.Target;

        private System.Text.Json.Nodes.JsonObject Find(string attribute, string value) => Server.All("Users").Single(user => user[attribute]!.ToString() == value);
    }
}
