using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Scim;
using Hermes.TestSupport.Servers;
using static Hermes.Http.Tests.Scim.ScimDriver;

namespace Hermes.Http.Tests.Scim;

[CollectionDefinition(nameof(ScimmyServer))]
public sealed class ScimmyCollection : ICollectionFixture<SharedServer<ScimmyServer>>;

/// <summary>The target on a server that somebody else wrote. The tests share it, and keep apart by names of their own.</summary>
[Collection(nameof(ScimmyServer)), RequiresServer("scimmy")]
public sealed class ScimmyTests(SharedServer<ScimmyServer> shared)
{
    private readonly string _mine = Guid.NewGuid().ToString("N");

    [ServerFact]
    public async Task A_user_walks_the_whole_way_by_patch_and_by_put()
    {
        foreach (var update in new[] { ScimUpdate.Discover, ScimUpdate.Put })
        {
            await using var scim = await StartAsync(options => options.Update = update);
            var ada = User(Id("1"), Id("ada"), ("given", "Ada"), ("mail", "ada@campus.example"), ("department", "Mathematics"));
            await scim.AddAsync("Users", ada);
            (await HeldAsync(scim, "Users", Id("1"))).Should().Equal(ada);

            var augusta = User(Id("1"), Id("ada"), ("given", "Augusta"), ("mail", "al@campus.example"));
            await scim.ModifyAsync("Users", ada, augusta);
            (await HeldAsync(scim, "Users", Id("1"))).Should().Equal(augusta);

            await scim.TrashAsync("Users", augusta);
            (await FindAsync(scim, "Users", Id("1")))!.IsTrashed.Should().BeTrue();
            await scim.RecycleAsync("Users", augusta);
            (await FindAsync(scim, "Users", Id("1")))!.IsTrashed.Should().BeFalse();

            var back = User(Id("1"), Id("ada"), ("department", "Poetry"), ("mail", "al@campus.example"));
            await scim.ModifyAsync("Users", augusta, back);
            (await HeldAsync(scim, "Users", Id("1"))).Should().Equal(back);
            await scim.RemoveAsync("Users", back);
            (await FindAsync(scim, "Users", Id("1"))).Should().BeNull();
        }
    }

    [ServerFact]
    public async Task Members_of_a_group_come_and_go_by_patch_and_by_put()
    {
        foreach (var update in new[] { ScimUpdate.Discover, ScimUpdate.Put })
        {
            await using var scim = await StartAsync(options => (options.Update, options.MembersPerRequest) = (update, 2));
            string[] all = [.. Enumerable.Range(1, 5).Select(number => Id($"{update}{number}"))];
            foreach (var id in all)
                await scim.AddAsync("Users", User(id, id));
            var group = Id($"{update}");

            await scim.AddAsync("Groups", Group(group, group, all));
            (await MembersAsync(scim, group)).Should().BeEquivalentTo(all);

            await scim.ModifyAsync("Groups", Group(group, group, all), Group(group, group, all[4]));
            (await MembersAsync(scim, group)).Should().Equal(all[4]);
            await scim.RedeliverAsync(Modified("Groups", Group(group, group, all), Group(group, group, all[4])));
            (await MembersAsync(scim, group)).Should().Equal(all[4]);

            await scim.ModifyAsync("Groups", Group(group, group, all[4]), Group(group, Id($"{update} renamed")));
            (await MembersAsync(scim, group)).Should().BeEmpty();
            await scim.RemoveAsync("Groups", Group(group, Id($"{update} renamed")));
        }
    }

    [ServerFact]
    public async Task A_name_in_another_case_which_its_filter_does_not_find_is_a_conflict_that_names_its_holder()
    {
        await using var scim = await StartAsync();
        await scim.AddAsync("Users", User(Id("1"), Id("Ada")));

        var add = () => scim.AddAsync("Users", User(Id("2"), Id("aDA")));

        (await add.Should().ThrowAsync<TargetConflictException>()).Which.Holder.Should().Be(scim.LinkOf("Users", Id("1")));
    }

    [ServerFact]
    public async Task All_pages_are_read()
    {
        await using var scim = await StartAsync();
        string[] ids = [.. Enumerable.Range(0, 205).Select(number => Id($"{number}"))];
        foreach (var id in ids)
            await scim.AddAsync("Users", User(id, id));

        var told = new List<string>();
        await foreach (var user in scim.Target.ReadAsync("Users", [], default))
            told.Add(user.Link);

        told.Should().OnlyHaveUniqueItems().And.Contain(ids.Select(id => scim.LinkOf("Users", id)!));
    }

    [ServerFact]
    public async Task A_user_that_somebody_deleted_is_missing()
    {
        await using var scim = await StartAsync();
        var ada = User(Id("1"), Id("ada"));
        scim.Link("Users", Id("1"), "no-such-id");

        var modify = () => scim.ModifyAsync("Users", ada, ada.With("given", "Ada"));

        await modify.Should().ThrowAsync<TargetMissingException>();
        await scim.RemoveAsync("Users", ada);
    }

    private string Id(string name) => $"{name}-{_mine}";

    private async Task<ScimDriver> StartAsync(Action<ScimTargetOptions>? configure = null) =>
        new(await ScimDriver.StartAsync((await shared.GetAsync()).Address, ScimmyServer.Token, configure));

    private static async Task<TargetObject?> FindAsync(ScimDriver scim, string type, string id) => await scim.Target.FindAsync(type, scim.LinkOf(type, id)!, default);

    private static async Task<Entry> HeldAsync(ScimDriver scim, string type, string id) => (await FindAsync(scim, type, id))!.Content;

    private async Task<IReadOnlyList<string>> MembersAsync(ScimDriver scim, string group)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ScimmyServer.Token);
        var address = new Uri($"{(await shared.GetAsync()).Address}/Groups/{scim.LinkOf("Groups", group)}");
        var members = JsonNode.Parse(await client.GetStringAsync(address))!["members"]?.AsArray() ?? [];
        return [.. members.Select(member => scim.IdOf("Users", member!["value"]!.ToString()))];
    }
}
