using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Scim;
using static Hermes.Http.Tests.Scim.ScimDriver;

namespace Hermes.Http.Tests.Scim;

public sealed class UserTests
{
    private static readonly Entry Ada = User("1", "ada", ("given", "Ada"), ("mail", "ada@campus.example"), ("department", "Mathematics"));

    [Fact]
    public async Task A_user_is_made_with_its_extension_and_is_active()
    {
        await using var scim = await StartAsync();

        await scim.AddAsync("Users", Ada.With("password", "s3cret"));

        var user = scim.Server.All("Users").Single();
        user["schemas"]!.AsArray().Select(schema => schema!.ToString()).Should().Equal(
            "urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
        user["emails"]!.ToJsonString().Should().Be("""[{"type":"work","value":"ada@campus.example"}]""");
        user["name"]!["givenName"]!.ToString().Should().Be("Ada");
        user["active"]!.GetValue<bool>().Should().BeTrue();
        user["password"]!.ToString().Should().Be("s3cret");
        scim.LinkOf("Users", "1").Should().Be(user["id"]!.ToString());
    }

    [Fact]
    public async Task A_change_sends_only_what_is_different_and_leaves_what_others_wrote()
    {
        await using var scim = await StartAsync();
        await scim.AddAsync("Users", Ada);
        scim.Server.Change("Users", scim.LinkOf("Users", "1")!, user =>
        {
            (user["title"], user["active"]) = ("Countess", false);
            user["emails"]!.AsArray().Add((JsonNode)new JsonObject { ["type"] = "home", ["value"] = "ada@home.example" });
        });

        await scim.ModifyAsync("Users", Ada, User("1", "ada", ("given", "Ada"), ("mail", "al@campus.example")));

        JsonNode.Parse(scim.Server.Writes.Last().Body)!["Operations"]!.AsArray().Select(operation => operation!.ToJsonString()).Should().Equal(
            """{"op":"remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"}""",
            """{"op":"replace","path":"emails[type eq \u0022work\u0022].value","value":"al@campus.example"}""");
        var user = scim.Server.All("Users").Single();
        (user["title"]!.ToString(), user["active"]!.GetValue<bool>(), user["emails"]!.AsArray().Count).Should().Be(("Countess", false, 2));
    }

    [Fact]
    public async Task A_put_keeps_what_is_not_its_own_and_who_is_inactive_stays_so()
    {
        await using var scim = await StartAsync(new ScimQuirks { Patch = false, ETags = true });
        await scim.AddAsync("Users", Ada.With("password", "s3cret"));
        scim.Server.Change("Users", scim.LinkOf("Users", "1")!, user =>
        {
            (user["title"], user["active"], user["nickName"]) = ("Countess", false, null);
            (user["name"]!["middleName"], user["phoneNumbers"]) = (null, new JsonArray());
        });

        await scim.ModifyAsync("Users", Ada, Ada.With("given", "Augusta"));

        var user = scim.Server.All("Users").Single();
        (user["title"]!.ToString(), user["active"]!.GetValue<bool>(), user["name"]!["givenName"]!.ToString()).Should().Be(("Countess", false, "Augusta"));
        user["password"]!.ToString().Should().Be("s3cret");
        scim.Server.Writes.Last().Body.Should().NotContain("null").And.NotContain("s3cret");
    }

    [Fact]
    public async Task What_somebody_else_changes_between_reading_and_putting_is_not_lost()
    {
        await using var scim = await StartAsync(new ScimQuirks { Patch = false, ETags = true });
        await scim.AddAsync("Users", Ada);
        var isFirst = true;
        scim.Server.Before = request =>
        {
            if (!request.StartsWith("PUT", StringComparison.Ordinal) || !isFirst)
                return;
            isFirst = false;
            scim.Server.Change("Users", scim.LinkOf("Users", "1")!, user => user["title"] = "Countess");
        };

        await scim.ModifyAsync("Users", Ada, Ada.With("given", "Augusta"));

        var user = scim.Server.All("Users").Single();
        (user["title"]!.ToString(), user["name"]!["givenName"]!.ToString()).Should().Be(("Countess", "Augusta"));
        scim.Server.Writes.Count(request => request.Method == "PUT").Should().Be(2);
    }

    [Fact]
    public async Task A_user_in_the_trashbin_is_inactive_and_active_when_it_comes_back()
    {
        foreach (var quirks in new[] { new ScimQuirks(), new ScimQuirks { Patch = false } })
        {
            await using var scim = await StartAsync(quirks);
            await scim.AddAsync("Users", Ada);

            await scim.TrashAsync("Users", Ada);
            scim.Server.All("Users").Single()["active"]!.GetValue<bool>().Should().BeFalse();

            await scim.RecycleAsync("Users", Ada);
            scim.Server.All("Users").Single()["active"]!.GetValue<bool>().Should().BeTrue();
        }
    }

    [Fact]
    public async Task A_password_is_sent_only_when_it_changes()
    {
        await using var scim = await StartAsync();
        await scim.AddAsync("Users", Ada.With("password", "s3cret"));

        await scim.ModifyAsync("Users", Ada, Ada.With("given", "Augusta"));
        scim.Server.Writes.Last().Body.Should().NotContain("password");

        await scim.ModifyAsync("Users", Ada, Ada.With("password", "an0ther"));
        scim.Server.All("Users").Single()["password"]!.ToString().Should().Be("an0ther");
    }

    [Fact]
    public async Task A_linked_user_that_somebody_deleted_is_missing_for_a_change_and_done_for_a_removal()
    {
        await using var scim = await StartAsync();
        await scim.AddAsync("Users", Ada);
        scim.Server.Delete("Users", scim.LinkOf("Users", "1")!);

        var modify = () => scim.ModifyAsync("Users", Ada, Ada.With("given", "Augusta"));
        await modify.Should().ThrowAsync<TargetMissingException>();
        var recycle = () => scim.RecycleAsync("Users", Ada);
        await recycle.Should().ThrowAsync<TargetMissingException>();
        await scim.TrashAsync("Users", Ada);
        await scim.RemoveAsync("Users", Ada);

        scim.Server.All("Users").Should().BeEmpty();
    }

    [Fact]
    public async Task A_user_that_was_renamed_by_hand_is_found_by_its_id_even_if_another_has_its_name_now()
    {
        await using var scim = await StartAsync(new ScimQuirks { SlashesInIds = true });
        await scim.AddAsync("Users", Ada);
        scim.Server.Change("Users", scim.LinkOf("Users", "1")!, user => (user["userName"], user["externalId"]) = ("moved", "other"));
        var stranger = scim.Server.Add("Users", new JsonObject { ["userName"] = "ada" });

        await scim.ModifyAsync("Users", Ada, Ada.With("given", "Augusta"));
        await scim.RemoveAsync("Users", Ada);

        scim.Server.All("Users").Single()["id"]!.ToString().Should().Be(stranger);
    }

    [Fact]
    public async Task A_patch_whose_answer_is_lost_is_not_made_twice_and_is_seen_as_done_by_the_next_attempt()
    {
        await using var scim = await StartAsync();
        await scim.AddAsync("Users", Ada);
        scim.Server.LostAnswers = 1;
        var change = Modified("Users", Ada, User("1", "ada", ("given", "Ada"), ("department", "Mathematics")));

        var first = () => scim.ApplyAsync(change);
        (await first.Should().ThrowAsync<TargetException>()).Which.Fault.Should().Be(FaultKind.Transient);
        await scim.ApplyAsync(change);

        scim.Server.All("Users").Single()["emails"].Should().BeNull();
        scim.Server.Writes.Count(request => request.Method == "PATCH").Should().Be(1);
    }

    [Fact]
    public async Task A_reference_becomes_the_id_of_the_other()
    {
        await using var scim = await StartAsync();
        await scim.AddAsync("Users", Ada);
        var bob = User("2", "bob", ("manager", "1"));
        await scim.AddAsync("Users", bob);
        ManagerOf("bob").Should().Be(scim.LinkOf("Users", "1"));

        await scim.ModifyAsync("Users", bob, User("2", "bob"));

        ManagerOf("bob").Should().BeNull();

        string? ManagerOf(string login) =>
            (scim.Server.All("Users").Single(user => user["userName"]!.ToString() == login)["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"] as JsonObject)
                ?["manager"]?["value"]?.ToString();
    }

    [Fact]
    public async Task Settings_count_more_than_what_the_server_says_of_itself()
    {
        await using var scim = await StartAsync(new ScimQuirks { Discovery = false, Patch = false, Filter = false }, options =>
            (options.Update, options.Search) = (ScimUpdate.Put, ScimFilter.List));

        await scim.AddAsync("Users", Ada);
        await scim.ModifyAsync("Users", Ada, Ada.With("given", "Augusta"));

        scim.Server.Requests.Should().NotContain(request => request.Target.Contains("ServiceProviderConfig", StringComparison.Ordinal));
        scim.Server.All("Users").Single()["name"]!["givenName"]!.ToString().Should().Be("Augusta");
    }

    [Fact]
    public async Task A_refusal_tells_the_reason_of_the_service_unless_a_secret_was_sent()
    {
        await using var scim = await StartAsync();

        var add = () => scim.AddAsync("Users", User("1", "ada", ("mail", "nonsense")));
        (await add.Should().ThrowAsync<TargetException>()).Which.Message.Should().Contain("Users 1:").And.Contain("invalidValue").And.Contain("That is no mail");

        add = () => scim.AddAsync("Users", User("1", "ada", ("mail", "nonsense"), ("password", "s3cret")));
        (await add.Should().ThrowAsync<TargetException>()).Which.Message.Should().Contain("invalidValue").And.NotContain("s3cret").And.NotContain("That is no mail");
    }
}
