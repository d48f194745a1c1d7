using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Scim;
using static Hermes.Http.Tests.Scim.ScimDriver;

namespace Hermes.Http.Tests.Scim;

/// <summary>No user is made twice, and none is taken over that is somebody else's.</summary>
public sealed class CreateTests
{
    private static readonly Entry Ada = User("1", "ada", ("given", "Ada"));
    private static readonly Entry Bob = User("2", "bob");

    [Fact]
    public async Task A_post_whose_answer_is_lost_makes_one_user_and_links_it()
    {
        await using var scim = await StartAsync();
        scim.Server.LostAnswers = 1;

        await scim.AddAsync("Users", Ada);

        scim.LinkOf("Users", "1").Should().Be(scim.Server.All("Users").Single()["id"]!.ToString());
        scim.Server.Writes.Should().ContainSingle();
    }

    [Fact]
    public async Task A_post_whose_answer_is_lost_and_cannot_be_looked_for_is_found_by_the_next_attempt()
    {
        await using var scim = await StartAsync();
        scim.Server.LostAnswers = 1;
        scim.Server.Before = request => scim.Server.Quirks = scim.Server.Quirks with { Filter = scim.Server.All("Users").Count == 0 };
        var change = new EntryAdded("Users", KeyOf(Ada), Ada);
        var context = scim.Context(change);

        var first = () => scim.ApplyAsync(change, context);
        await first.Should().ThrowAsync<TargetException>();
        scim.Server.Before = null;
        scim.Server.Quirks = new ScimQuirks();
        await scim.ApplyAsync(change, context.Retry());

        scim.LinkOf("Users", "1").Should().Be(scim.Server.All("Users").Single()["id"]!.ToString());
    }

    [Theory]
    [InlineData("uniqueness")]
    [InlineData(null)]
    public async Task A_name_that_another_entry_has_is_a_conflict_that_names_its_holder_however_the_server_says_it(string? scimType)
    {
        foreach (var quirks in new[] { new ScimQuirks { ConflictType = scimType, FilterByCase = true }, new ScimQuirks { ConflictType = scimType, Filter = false } })
        {
            await using var scim = await StartAsync(quirks);
            await scim.AddAsync("Users", Ada);

            var add = () => scim.AddAsync("Users", User("2", "ADA"));

            var conflict = (await add.Should().ThrowAsync<TargetConflictException>()).Which;
            conflict.Holder.Should().Be(scim.LinkOf("Users", "1"));
            conflict.Message.Should().Contain("Users[1]");
            scim.Server.All("Users").Should().ContainSingle();
        }
    }

    [Fact]
    public async Task A_rename_to_a_name_in_use_is_a_conflict_and_changes_nothing()
    {
        foreach (var quirks in new[] { new ScimQuirks(), new ScimQuirks { Patch = false } })
        {
            await using var scim = await StartAsync(quirks);
            await scim.AddAsync("Users", Ada);
            await scim.AddAsync("Users", Bob);

            var rename = () => scim.ModifyAsync("Users", Bob, User("2", "ada"));

            (await rename.Should().ThrowAsync<TargetConflictException>()).Which.Holder.Should().Be(scim.LinkOf("Users", "1"));
            scim.Server.All("Users").Select(user => user["userName"]!.ToString()).Should().Equal("ada", "bob");
        }
    }

    [Fact]
    public async Task Who_is_in_the_way_steps_aside_and_gets_its_name_by_its_own_change()
    {
        await using var scim = await StartAsync();
        var (one, other) = (User("1", "ada@campus.example"), User("2", "bob"));
        await scim.AddAsync("Users", one);
        await scim.AddAsync("Users", other);
        var link = scim.LinkOf("Users", "1")!;

        (await scim.Target.StepAsideAsync(new EntryId("Users", EntryKey.Of("1")), link, default)).Should().BeTrue();
        (await scim.Target.StepAsideAsync(new EntryId("Users", EntryKey.Of("1")), link, default)).Should().BeTrue();
        scim.Server.All("Users")[0]["userName"]!.ToString().Should().Be($"ada-hermes-{link}@campus.example");
        await scim.ModifyAsync("Users", other, User("2", "ada@campus.example"));
        await scim.ModifyAsync("Users", one, User("1", "bob"));

        scim.Server.All("Users").Select(user => user["userName"]!.ToString()).Should().Equal("bob", "ada@campus.example");
    }

    [Fact]
    public async Task A_user_that_nobody_owns_is_held_not_taken()
    {
        await using var scim = await StartAsync();
        var stranger = scim.Server.Add("Users", new JsonObject { ["userName"] = "Ada", ["title"] = "Countess" });

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var add = () => scim.AddAsync("Users", Ada);
            var conflict = (await add.Should().ThrowAsync<TargetConflictException>()).Which;
            conflict.Holder.Should().Be(stranger);
            conflict.Message.Should().Contain("Adopt");
        }

        scim.Server.Writes.Should().BeEmpty();
        scim.LinkOf("Users", "1").Should().BeNull();
    }

    [Fact]
    public async Task A_user_that_nobody_owns_is_adopted_if_that_is_asked_for_and_keeps_what_is_not_mapped()
    {
        await using var scim = await StartAsync(configure: options => options.Resources["Users"].WhenExists = ScimWhenExists.Adopt);
        var stranger = scim.Server.Add("Users", new JsonObject { ["userName"] = "Ada", ["title"] = "Countess", ["name"] = new JsonObject { ["familyName"] = "King" } });

        await scim.AddAsync("Users", Ada);

        scim.LinkOf("Users", "1").Should().Be(stranger);
        var user = scim.Server.All("Users").Single();
        (user["title"]!.ToString(), user["userName"]!.ToString(), user["externalId"]!.ToString()).Should().Be(("Countess", "ada", "1"));
        user["name"]!.ToJsonString().Should().Be("""{"familyName":"King","givenName":"Ada"}""");
    }

    [Fact]
    public async Task A_user_whose_externalId_is_of_something_else_is_never_adopted()
    {
        await using var scim = await StartAsync(configure: options => options.Resources["Users"].WhenExists = ScimWhenExists.Adopt);
        scim.Server.Add("Users", new JsonObject { ["userName"] = "ada", ["externalId"] = "77" });

        var add = () => scim.AddAsync("Users", Ada);

        (await add.Should().ThrowAsync<TargetConflictException>()).Which.Message.Should().Contain("externalId is 77");
        scim.Server.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_kill_cut_off_is_recognised()
    {
        await using var scim = await StartAsync();
        var made = scim.Server.Add("Users", new JsonObject { ["userName"] = "ada", ["externalId"] = "1" });

        await scim.RedeliverAsync(new EntryAdded("Users", KeyOf(Ada), Ada));

        scim.LinkOf("Users", "1").Should().Be(made);
        scim.Server.All("Users").Single()["name"]!["givenName"]!.ToString().Should().Be("Ada");
    }

    [Fact]
    public async Task A_service_that_is_out_of_order_is_a_transient_fault_and_the_post_is_not_made_twice()
    {
        await using var scim = await StartAsync();
        scim.Server.LostAnswers = 5;
        scim.Server.Quirks = scim.Server.Quirks with { IgnoresFilter = true };
        scim.Server.Before = request =>
        {
            if (request.StartsWith("POST", StringComparison.Ordinal))
                throw new InvalidOperationException("Out of order.");
        };

        var add = () => scim.AddAsync("Users", Ada);

        (await add.Should().ThrowAsync<TargetException>()).Which.Fault.Should().Be(FaultKind.Transient);
        scim.Server.Writes.Should().ContainSingle();
    }
}
