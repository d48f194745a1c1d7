using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Http.Scim;
using Hermes.Testing.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Http.Tests.Scim;

/// <summary>Memberships that are entries of their own, behind a whole client.</summary>
public sealed class MembershipTests
{
    private const string Groups = "SRVGroups";
    private const string Members = "SRVMembers";
    private const string Users = "SRVUsers";

    private static readonly DataSchema Schema = new(
        Type(Groups, ["id"], ["name"]),
        Type(Users, ["id"], ["login"]),
        Type(Members, ["group", "user"], [], ("group", Groups), ("user", Users)));

    public static TheoryData<string> Servers => new("patch", "put", "values", "small", "versions");

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task They_come_and_go_and_who_was_added_by_hand_stays(string kind)
    {
        await using var campus = await Campus.StartAsync(kind, 1, [.. All(3), Member("a", "1"), Member("a", "2"), Member("b", "3")]);
        campus.Of("a").Should().BeEquivalentTo("1", "2");
        campus.AddByHand("a", "stranger");

        await campus.SendAsync(Gone("a", "2"), Member("b", "2"), Gone("a", "1"));

        campus.Of("a").Should().BeEquivalentTo("stranger");
        campus.Of("b").Should().BeEquivalentTo("2", "3");
        await campus.ShouldBeDoneAsync();
        campus.Server.Writes.Select(request => request.Body).Should().NotContain(body => body.Contains("\"members\":[]", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Who_is_trashed_is_no_member_and_is_one_again_when_all_comes_back(string kind)
    {
        await using var campus = await Campus.StartAsync(kind, 1, [.. All(2), Member("a", "1"), Member("a", "2")], TimeSpan.FromDays(1));

        await campus.SendAsync(Gone("a", "1"), new RemovedEvent(Users, EntryKey.Of("1")));
        campus.Of("a").Should().Equal("2");

        await campus.SendAsync(Added(Users, "1", ("login", "u1")), Member("a", "1"));
        campus.Of("a").Should().BeEquivalentTo("1", "2");
        await campus.ShouldBeDoneAsync();
    }

    [Fact]
    public async Task Many_at_the_same_time_go_in_few_requests_and_a_stranger_among_them_keeps_no_other_out()
    {
        await using var campus = await Campus.StartAsync("patch", 64, [.. All(60)], quirks: quirks => quirks with { ChecksMembers = true });
        campus.Server.Delete("Users", campus.Server.All("Users").Single(user => user["externalId"]!.ToString() == "7")["id"]!.ToString());

        await campus.SendAsync([.. Enumerable.Range(1, 60).Select(number => Member("a", $"{number}"))]);

        campus.Of("a").Should().BeEquivalentTo(Enumerable.Range(1, 60).Where(number => number != 7).Select(number => $"{number}"));
        campus.Server.Writes.Count(request => request.Method == "PATCH").Should().BeLessThan(30);
        var waiting = (await campus.Client.Control.ListErrorQueueAsync()).Items;
        waiting.Should().ContainSingle().Which.Message.Should().Contain("was not added").And.Contain("There is no");
    }

    [Fact]
    public async Task A_group_that_somebody_deleted_is_made_anew_with_its_memberships()
    {
        await using var campus = await Campus.StartAsync("patch", 8, [.. All(2), Member("a", "1"), Member("a", "2")]);
        campus.Server.Delete("Groups", campus.Server.All("Groups").Single(group => group["externalId"]!.ToString() == "a")["id"]!.ToString());

        await campus.SendAsync(Gone("a", "1"));
        await campus.ShouldBeDoneAsync();
        await campus.SendAsync(new ModifiedEvent(Groups, EntryKey.Of("a"), new AttributeChanges(Entry.Empty, Entry.Of(("name", "renamed")), [])));

        campus.Of("a").Should().Equal("2");
        await campus.ShouldBeDoneAsync();
    }

    private static AddedEvent[] All(int users) =>
    [
        Added(Groups, "a", ("name", "A")), Added(Groups, "b", ("name", "B")),
        .. Enumerable.Range(1, users).Select(number => Added(Users, $"{number}", ("login", $"u{number}"))),
    ];

    private static AddedEvent Member(string group, string user) =>
        new(Members, EntryKey.Of(group, user), Entry.Of(("group", group), ("user", user)), EventCategory.Base);

    private static RemovedEvent Gone(string group, string user) => new(Members, EntryKey.Of(group, user));

    private static AddedEvent Added(string type, string id, params (string, Value)[] attributes) =>
        new(type, EntryKey.Of(id), Entry.Of([("id", id), .. attributes]), EventCategory.Base);

    private static TypeSchema Type(string name, string[] key, string[] attributes, params (string Name, string Parent)[] parents) => new(
        name,
        [.. attributes.Concat(key).Order(StringComparer.Ordinal)],
        [],
        [.. key],
        parents.ToImmutableSortedDictionary(parent => parent.Name, parent => new ForeignKey(parent.Parent, "id"), StringComparer.Ordinal));

    private sealed class Campus(ScimServer server, ScimTarget target) : IAsyncDisposable
    {
        public ClientHarness Client { get; } = new();

        public ScimServer Server => server;

        public static async Task<Campus> StartAsync(
            string kind, int concurrency, AddedEvent[] entries, TimeSpan retention = default, Func<ScimQuirks, ScimQuirks>? quirks = null)
        {
            var server = await ScimServer.StartAsync(quirks?.Invoke(ScimQuirks.Of(kind)) ?? ScimQuirks.Of(kind));
            var options = new ScimTargetOptions { Address = server.Address, Authentication = Http.Connection.HttpAuthentication.Bearer, Token = ScimServer.Token, Retries = 0 };
            options.MemberRemoval = kind == "values" ? ScimMemberRemoval.Values : ScimMemberRemoval.Path;
            options.Resources["Users"] = new ScimTypeOptions { Endpoint = "Users", Attributes = { ["id"] = "externalId", ["login"] = "userName" } };
            options.Resources["Groups"] = new ScimTypeOptions { Endpoint = "Groups", Attributes = { ["id"] = "externalId", ["name"] = "displayName" } };
            options.Memberships["Members"] = new ScimMembershipOptions { Group = "group", Member = "user" };
            var campus = new Campus(server, new ScimTarget(options));
            await campus.Client.SendInitSyncAsync(Schema, entries);
            await campus.Client.StartAsync(campus.Target, client => client
                .DataType("Users", type => type.From(Users).MapAll("id", "login"))
                .DataType("Groups", type => type.From(Groups).MapAll("id", "name"))
                .DataType("Members", type => type.From(Members).MapAll("group", "user"))
                .Configure(options =>
                {
                    (options.TrashbinRetention, options.Remediation, options.MaxConcurrency) = (retention, RemediationPolicy.Maximum, concurrency);
                    options.RemovalGuard.Enabled = false;
                }));
            await campus.Client.AppliedAsync();
            return campus;
        }

        public ScimTarget Target => target;

        public async Task SendAsync(params HermesEvent[] events)
        {
            await Client.SendAsync(events);
            await Client.AppliedAsync();
        }

        public IEnumerable<string> Of(string group)
        {
            var users = server.All("Users").ToDictionary(user => user["id"]!.ToString(), user => user["externalId"]!.ToString());
            return [.. (Find(group)["members"]?.AsArray() ?? []).Select(member => member!["value"]!.ToString()).Select(id => users.GetValueOrDefault(id, id))];
        }

        public void AddByHand(string group, string id) =>
            server.Change("Groups", Find(group)["id"]!.ToString(), found => found["members"]!.AsArray().Add((JsonNode)new JsonObject { ["value"] = id }));

        public async Task ShouldBeDoneAsync() => (await Client.Control.ListErrorQueueAsync()).Items.Select(queued => queued.Message).Should().BeEmpty();

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            target.Dispose();
            await server.DisposeAsync();
        }

        private JsonObject Find(string group) => server.All("Groups").Single(found => found["externalId"]!.ToString() == group);
    }
}
