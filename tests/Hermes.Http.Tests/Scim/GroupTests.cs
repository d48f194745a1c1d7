using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Scim;
using static Hermes.Http.Tests.Scim.ScimDriver;

namespace Hermes.Http.Tests.Scim;

public sealed class GroupTests
{
    private static readonly string[] Five = ["1", "2", "3", "4", "5"];

    public static TheoryData<string> Servers => new("patch", "put", "values", "small", "versions");

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Members_come_and_go_by_difference_and_who_was_added_by_hand_stays(string kind)
    {
        await using var scim = await StartServerAsync(kind);
        await scim.AddAsync("Groups", Group("g", "Staff", "1", "2", "3"));
        Members(scim).Should().BeEquivalentTo("1", "2", "3");
        AddByHand(scim, "stranger");

        await scim.ModifyAsync("Groups", Group("g", "Staff", "1", "2", "3"), Group("g", "Staff", "3", "4", "5"));
        Members(scim).Should().BeEquivalentTo("3", "4", "5", "stranger");

        await scim.ModifyAsync("Groups", Group("g", "Staff", "3", "4", "5"), Group("g", "Everybody", "3", "4", "5"));
        Members(scim).Should().BeEquivalentTo("3", "4", "5", "stranger");
        scim.Server.Writes.Select(request => request.Body).Should().NotContain(body => body.Contains("\"members\":[]", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_change_of_members_may_be_delivered_twice_and_the_last_may_go(string kind)
    {
        await using var scim = await StartServerAsync(kind);
        var change = Modified("Groups", Group("g", "Staff", "1"), Group("g", "Staff"));
        await scim.AddAsync("Groups", Group("g", "Staff", "1"));
        await scim.RedeliverAsync(new EntryAdded("Groups", EntryKey.Of("g"), Group("g", "Staff", "1")));
        Members(scim).Should().BeEquivalentTo("1");

        await scim.ApplyAsync(change);
        await scim.RedeliverAsync(change);

        Members(scim).Should().BeEmpty();
        scim.Server.Writes.Select(request => request.Body).Should().NotContain(body => body.Contains("\"members\":[]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_members_go_in_as_many_requests_as_are_needed_and_less_is_sent_where_a_server_wants_less()
    {
        foreach (var most in new[] { 100, 30 })
        {
            await using var scim = await StartAsync(new ScimQuirks { MostMembers = most }, options => options.MembersPerRequest = 100);
            string[] ids = [.. Enumerable.Range(0, 250).Select(i => $"u{i}")];
            foreach (var id in ids)
                scim.Link("Users", id, scim.Server.Add("Users", new JsonObject { ["userName"] = id }));

            await scim.AddAsync("Groups", Group("g", "Staff", ids));
            scim.Server.All("Groups").Single()["members"]!.AsArray().Should().HaveCount(250);
            if (most == 100)
                scim.Server.Writes.Count(request => request.Method == "PATCH").Should().Be(3);

            await scim.ModifyAsync("Groups", Group("g", "Staff", ids), Group("g", "Staff"));
            scim.Server.All("Groups").Single()["members"].Should().BeNull();
        }
    }

    [Fact]
    public async Task A_member_that_the_server_refuses_is_told_and_keeps_no_other_out()
    {
        await using var scim = await StartServerAsync("patch", quirks => quirks with { ChecksMembers = true });
        scim.Link("Users", "gone", "no-such-id");
        await scim.AddAsync("Groups", Group("g", "Staff", "1", "2"));

        var add = () => scim.ModifyAsync("Groups", Group("g", "Staff", "1", "2"), Group("g", "Staff", "1", "2", "3", "gone", "4"));

        (await add.Should().ThrowAsync<TargetException>()).Which.Message.Should().Contain("no-such-id");
        Members(scim).Should().BeEquivalentTo("1", "2", "3", "4");
    }

    [Fact]
    public async Task A_removal_that_a_server_answers_and_does_not_do_is_told()
    {
        await using var scim = await StartServerAsync("patch", quirks => quirks with { IgnoresRemovalByPath = true });
        await scim.AddAsync("Groups", Group("g", "Staff", "1", "2"));

        var remove = () => scim.ModifyAsync("Groups", Group("g", "Staff", "1", "2"), Group("g", "Staff", "1"));

        (await remove.Should().ThrowAsync<TargetException>()).Which.Message.Should().Contain("was not taken out").And.Contain("MemberRemoval");
    }

    [Fact]
    public async Task A_group_that_is_adopted_keeps_strangers_and_loses_only_whom_another_entry_owns()
    {
        await using var scim = await StartServerAsync("patch", configure: options => options.Resources["Groups"].WhenExists = ScimWhenExists.Adopt);
        scim.Server.Add("Groups", new JsonObject
        {
            ["displayName"] = "Staff",
            ["members"] = new JsonArray(Element("stranger"), Element(scim.LinkOf("Users", "5")!), Element(scim.LinkOf("Users", "1")!)),
        });

        await scim.AddAsync("Groups", Group("g", "Staff", "1", "2"));

        Members(scim).Should().BeEquivalentTo("stranger", "1", "2");
    }

    [Fact]
    public async Task Two_groups_may_have_one_name_where_the_server_allows_it_and_wait_where_it_does_not()
    {
        await using var scim = await StartAsync();
        await scim.AddAsync("Groups", Group("g", "Staff"));
        await scim.AddAsync("Groups", Group("h", "Staff"));
        scim.Server.All("Groups").Should().HaveCount(2);

        scim.Server.Quirks = scim.Server.Quirks with { UniqueGroups = true };
        var add = () => scim.AddAsync("Groups", Group("i", "staff"));
        (await add.Should().ThrowAsync<TargetConflictException>()).Which.Holder.Should().NotBeNull();
    }

    [Fact]
    public async Task A_group_in_the_trashbin_is_deleted_and_comes_back_with_its_members()
    {
        await using var scim = await StartServerAsync("patch");
        await scim.AddAsync("Groups", Group("g", "Staff", "1", "2"));
        var former = scim.LinkOf("Groups", "g");

        await scim.TrashAsync("Groups", Group("g", "Staff", "1", "2"));
        scim.Server.All("Groups").Should().BeEmpty();
        await scim.RecycleAsync("Groups", Group("g", "Staff", "1"));

        Members(scim).Should().BeEquivalentTo("1");
        scim.LinkOf("Groups", "g").Should().NotBe(former);
    }

    private static async Task<ScimDriver> StartServerAsync(string kind, Func<ScimQuirks, ScimQuirks>? change = null, Action<ScimTargetOptions>? configure = null)
    {
        var quirks = ScimQuirks.Of(kind);
        var scim = await StartAsync(change?.Invoke(quirks) ?? quirks, options =>
        {
            options.MemberRemoval = kind == "values" ? ScimMemberRemoval.Values : ScimMemberRemoval.Path;
            configure?.Invoke(options);
        });
        foreach (var id in Five)
            scim.Link("Users", id, scim.Server.Add("Users", new JsonObject { ["userName"] = $"user{id}", ["externalId"] = id }));
        return scim;
    }

    private static IEnumerable<string> Members(ScimDriver scim) =>
        from member in scim.Server.All("Groups").Single()["members"]?.AsArray() ?? []
        let id = member!["value"]!.ToString()
        select Five.FirstOrDefault(user => scim.LinkOf("Users", user) == id) ?? id;

    private static void AddByHand(ScimDriver scim, string id) =>
        scim.Server.Change("Groups", scim.LinkOf("Groups", "g")!, group => group["members"]!.AsArray().Add((JsonNode)Element(id)));

    private static JsonObject Element(string id) => new() { ["value"] = id };
}
