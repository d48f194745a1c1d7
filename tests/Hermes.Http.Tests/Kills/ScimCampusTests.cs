using System.Text.Json.Nodes;
using Hermes.Http.Host;
using Hermes.Runtime.Registration;
using Hermes.Testing.Server;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Hermes.Http.Tests.Kills;

/// <summary>
/// A campus goes into a SCIM server that nobody here wrote and that is in use already, while the client is killed again and again, at a request or after its answer was lost.
/// What the server holds in the end is looked at by plain requests.
/// </summary>
[RequiresServer("scimmy")]
public sealed class ScimCampusTests(ITestOutputHelper output)
{
    private const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string GroupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

    [ServerFact]
    public Task A_campus_comes_through_kills_and_conflicts_into_a_server_in_use() => RunAsync(seed: 17, people: 100, groups: 10, kills: 5);

    [ServerFact, Trait("Category", "Long")]
    public Task A_campus_of_500_people_and_40_groups_comes_through_many_kills() => RunAsync(Environment.TickCount, people: 500, groups: 40, kills: 20);

    private async Task RunAsync(int seed, int people, int groups, int kills)
    {
        output.WriteLine($"seed {seed}");
        await using var scimmy = await ScimmyServer.StartAsync(default);
        await using var proxy = await KillingProxy.StartAsync(scimmy.Address);
        using var folder = new ServerDirectory("scim-campus");
        using var view = new ScimView(scimmy.Address, ScimmyServer.Token);
        var campus = new Campus(seed, people, groups);
        var strangers = await PopulateAsync(view, campus);
        await using var server = new ServerHarness();
        await server.StartAsync(builder => Describe(builder, campus, folder[KilledClient.Bus]));

        for (var kill = 0; kill < kills; kill++)
        {
            if (kill > 0)
            {
                campus.Live();
                (await server.UpdateAsync()).Error.Should().BeNull();
            }

            await using var killed = ClientProcess.Start(KilledClient.Scim, folder.Root, proxy.Address);
            proxy.KillAt(campus.Next(kill == 0 ? people : 60), campus.Next(2) == 1, killed.KillAsync);
            await killed.AskAsync("settle");
            await proxy.SpareAsync();
        }

        await using var client = ClientProcess.Start(KilledClient.Scim, folder.Root, proxy.Address);
        (await client.RequireAsync("settle")).Should().Be("settled");
        output.WriteLine($"{proxy.Kills} kills at a request, {proxy.LostAnswers} of them after the server had done it");
        proxy.Kills.Should().BeGreaterThan(kills / 2);
        await ShouldHoldAsync(view, campus, strangers);

        var drifted = campus.SomePeople(people / 20);
        await DriftAsync(view, drifted);
        output.WriteLine(await client.RequireAsync("repair Users"));
        (await client.RequireAsync("settle")).Should().Be("settled");
        await ShouldHoldAsync(view, campus, strangers);
        var compared = await client.RequireAsync("compare Users");
        output.WriteLine(compared);
        compared.Should().Contain($"{strangers.Count} Unmanaged").And.NotContain("Differs").And.NotContain("Missing");
    }

    private static void Describe(IHermesServerBuilder server, Campus campus, string bus) => server
        .UseSqliteBus(bus)
        .AddInMemorySource("registry", campus.Source)
        .GuardRemovals(guard => guard.Enabled = false)
        .InitSyncAtFirstPoll()
        .DataType("Users", type => type.Key("id").From("registry", source => source.Fetch("users").MapAll("id", "login", "given", "mail")))
        .DataType("Groups", type => type.Key("id").From("registry", source => source.Fetch("groups").MapAll("id", "name")))
        .DataType("Members", type => type
            .Key("group", "user")
            .ForeignKey("group", "Groups", "id")
            .ForeignKey("user", "Users", "id")
            .From("registry", source => source.Fetch("members").MapAll("group", "user")));

    // Some of the people and groups are there already, in other letters and with other content, and so are some of whom the source knows nothing.
    private static async Task<IReadOnlyDictionary<string, string>> PopulateAsync(ScimView view, Campus campus)
    {
        var strangers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 10; i++)
        {
            var stranger = new JsonObject { ["schemas"] = new JsonArray(UserSchema), ["userName"] = $"stranger{i}", ["displayName"] = $"Nobody's {i}" };
            var id = await view.MakeAsync("Users", stranger);
            strangers[id] = $"stranger{i}";
        }

        foreach (var person in campus.People.Values.Take(campus.People.Count / 5))
        {
            await view.MakeAsync("Users", new JsonObject
            {
                ["schemas"] = new JsonArray(UserSchema),
                ["userName"] = person.Login,
                ["name"] = new JsonObject { ["givenName"] = "Somebody" },
                ["active"] = true,
            });
        }

        foreach (var name in campus.Groups.Values.Take(campus.Groups.Count / 4))
        {
            await view.MakeAsync("Groups", new JsonObject
            {
                ["schemas"] = new JsonArray(GroupSchema),
                ["displayName"] = name,
                ["members"] = new JsonArray(strangers.Keys.Take(2).Select(id => (JsonNode)new JsonObject { ["value"] = id }).ToArray()),
            });
        }

        return strangers;
    }

    private static async Task DriftAsync(ScimView view, string[] people)
    {
        var users = (await view.AllAsync("Users")).Where(user => user["externalId"] is not null)
            .ToDictionary(user => user["externalId"]!.ToString(), user => user["id"]!.ToString());
        foreach (var (index, person) in people.Index())
        {
            if (index % 5 == 0)
                await view.DeleteAsync("Users", users[person]);
            else
                await view.ReplaceAsync("Users", users[person], "name.givenName", "By hand");
        }
    }

    private static async Task ShouldHoldAsync(ScimView view, Campus campus, IReadOnlyDictionary<string, string> strangers)
    {
        var users = await view.AllAsync("Users");
        users.Select(user => user["userName"]!.ToString().ToLowerInvariant()).Should().OnlyHaveUniqueItems();
        users.Where(user => user["externalId"] is null).Should().HaveCount(strangers.Count, "nothing was made twice, and nothing was left that is to be adopted");
        foreach (var user in users.Where(user => user["externalId"] is null))
            strangers[user["id"]!.ToString()].Should().Be(user["userName"]!.ToString());
        var held = users.Where(user => user["externalId"] is not null).ToDictionary(user => user["externalId"]!.ToString());
        held.Where(user => user.Value["active"]!.GetValue<bool>()).Select(user => user.Key).Should().BeEquivalentTo(campus.People.Keys);
        held.Keys.Except(campus.People.Keys).Should().BeSubsetOf(campus.Left.Keys, "who left is deactivated");
        foreach (var (id, person) in campus.People)
        {
            var user = held[id];
            (user["userName"]!.ToString(), user["name"]!["givenName"]!.ToString(), user["emails"]!.AsArray().Single()!["value"]!.ToString())
                .Should().Be((person.Login, person.Given, person.Mail));
        }

        var groups = await view.AllAsync("Groups");
        groups.Select(group => group["externalId"]!.ToString()).Should().BeEquivalentTo(campus.Groups.Keys);
        var people = held.ToDictionary(user => user.Value["id"]!.ToString(), user => user.Key);
        foreach (var group in groups)
        {
            var id = group["externalId"]!.ToString();
            group["displayName"]!.ToString().Should().Be(campus.Groups[id]);
            string[] members = [.. (group["members"]?.AsArray() ?? []).Select(member => member!["value"]!.ToString())];
            members.Should().OnlyHaveUniqueItems();

            // This server does not take out a user whom somebody deletes.
            members.Where(people.ContainsKey).Select(member => people[member])
                .Should().BeEquivalentTo(campus.Members.Where(member => member.Group == id).Select(member => member.User));
            members.Count(strangers.ContainsKey).Should().BeOneOf(0, 2);
        }
    }
}
