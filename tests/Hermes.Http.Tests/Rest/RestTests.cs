using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Rest;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Testing.Targets;
using static Hermes.Http.Tests.Rest.RestDriver;

namespace Hermes.Http.Tests.Rest;

public sealed class RestTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_object_whose_answer_was_lost_is_found_and_there_is_no_second_one(bool searches)
    {
        await using var rest = await StartAsync(options => options.Resources["Users"].Search = searches ? "users?key={{ id }}" : null);
        rest.Server.BreaksOff = request => Task.FromResult(request.Method == "POST");

        await rest.AddAsync(User("1", "ada"));

        rest.Server.All("users").Should().ContainSingle();
        rest.Context.Link.Should().Be($"Users/{rest.Server.All("users")[0]["id"]}");
    }

    [Fact]
    public async Task An_object_that_an_attempt_made_before_a_kill_is_found()
    {
        await using var rest = await StartAsync();
        rest.Server.Add("users", new JsonObject { ["key"] = "1", ["login"] = "ada" });

        await rest.ApplyAsync(new EntryAdded("Users", EntryKey.Of("1"), User("1", "ada")), new TestTargetContext().Redeliver());

        rest.Server.All("users").Should().ContainSingle();
    }

    [Fact]
    public async Task An_object_that_somebody_made_is_touched_only_if_it_may_be_adopted()
    {
        await using var rest = await StartAsync(options => options.Resources["Users"].Search = "users?key={{ id }}");
        var id = rest.Server.Add("users", new JsonObject { ["key"] = "1", ["login"] = "by hand" });

        var add = () => rest.AddAsync(User("1", "ada"));

        (await add.Should().ThrowAsync<TargetConflictException>()).Which.Holder.Should().Be($"Users/{id}");
        await add.Should().ThrowAsync<TargetConflictException>("the second attempt knows no more");
        rest.Server.All("users").Should().ContainSingle().Which["login"]!.ToString().Should().Be("by hand");

        await using var adopting = await StartAsync(rest.Server, options => (options.Resources["Users"].WhenExists, options.Resources["Users"].Search) =
            (RestWhenExists.Adopt, "users?key={{ id }}"));
        await adopting.AddAsync(User("1", "ada"));
        rest.Server.All("users").Should().ContainSingle().Which["login"]!.ToString().Should().Be("ada");
    }

    [Fact]
    public async Task What_the_service_calls_taken_is_a_conflict_that_names_the_holder()
    {
        await using var rest = await StartAsync();
        rest.Server.Unique = "key";
        var id = rest.Server.Add("users", new JsonObject { ["key"] = "1", ["login"] = "ada" });

        var add = () => rest.ApplyAsync(
            new EntryAdded("Users", EntryKey.Of("2"), User("1", "eve")), new TestTargetContext().With("Users", EntryKey.Of("1"), $"Users/{id}"));

        (await add.Should().ThrowAsync<TargetConflictException>()).Which.Holder.Should().Be($"Users/{id}");
    }

    [Fact]
    public async Task An_object_that_somebody_deleted_is_missing_for_a_change_and_no_error_for_a_removal()
    {
        await using var rest = await StartAsync();
        await rest.AddAsync(User("1", "ada"));
        rest.Server.Delete("users", rest.Server.All("users")[0]["id"]!.ToString());

        var modify = () => rest.ModifyAsync(User("1", "ada"), User("1", "eve"));

        await modify.Should().ThrowAsync<TargetMissingException>();
        await rest.RemoveAsync(User("1", "ada"));
    }

    [Fact]
    public async Task A_put_leaves_what_others_wrote_and_a_patch_says_only_what_changed()
    {
        foreach (var method in new[] { "PUT", "PATCH" })
        {
            await using var rest = await StartAsync(options => options.Resources["Users"].Modify = $"{method} users/{{{{ _ID }}}}");
            var id = rest.Server.Add("users", new JsonObject { ["key"] = "1", ["login"] = "ada", ["mail"] = "a@b", ["theirs"] = new JsonObject { ["age"] = 7 } });
            rest.Context.Linked($"Users/{id}");

            await rest.ModifyAsync(User("1", "ada", ("mail", "a@b")), User("1", "eve"));

            rest.Server.All("users").Single().ToJsonString().Should().Be(
                new JsonObject { ["key"] = "1", ["login"] = "eve", ["theirs"] = new JsonObject { ["age"] = 7 }, ["id"] = id }.ToJsonString());
            if (method == "PATCH")
                rest.Server.Requests.Last().Body.Should().Be("""{"login":"eve","mail":null}""");
        }
    }

    [Fact]
    public async Task A_change_that_makes_no_difference_is_not_put()
    {
        await using var rest = await StartAsync();
        await rest.AddAsync(User("1", "ada"));

        await rest.ModifyAsync(User("1", "eve"), User("1", "ada"));

        rest.Server.Requests.Should().NotContain(request => request.Method == "PUT");
    }

    [Fact]
    public async Task Requests_and_bodies_are_templates_in_which_no_value_changes_what_the_rest_means()
    {
        await using var rest = await StartAsync(options =>
        {
            var users = options.Resources["Users"];
            users.AddBody = """
                {"key":"{{ id }}","account":{"names":["{{ login }}","{{ login | upper }}"],"mail":"{{ mail }}","age":"{{ login | length }}","kind":"user {{ login }}"}}
                """;
            users.ModifyBody = """{"new":"{{ login }}","id":"{{ _ID }}"}""";
            users.Remove = "DELETE users/{{ _ID }}?by={{ login }}";
        });

        await rest.AddAsync(User("1", "a\",\"b&c"));
        var account = rest.Server.All("users").Single()["account"]!;
        account["names"]!.AsArray().Select(name => name!.ToString()).Should().Equal("a\",\"b&c", "A\",\"B&C");
        (account["mail"], account["age"]!.ToJsonString(), account["kind"]!.ToString()).Should().Be((null, "7", "user a\",\"b&c"));

        await rest.ModifyAsync(User("1", "x"), User("1", "a&b=c/../d"));
        rest.Server.All("users").Single()["new"]!.ToString().Should().Be("a&b=c/../d");
        await rest.RemoveAsync(User("1", "a&b=c/../d"));
        rest.Server.Requests.Last().Target.Should().EndWith("?by=a%26b%3Dc%2F..%2Fd");
    }

    [Fact]
    public async Task An_object_may_be_put_under_a_name_of_its_own_which_never_leads_elsewhere()
    {
        await using var rest = await StartAsync(options =>
        {
            (options.Resources["Users"].Add, options.Resources["Users"].Attributes["id"]) = ("PUT users/{{ id }}", "/id");
            (options.Proof, options.Resources["Groups"].Search) = (ReadProof.NotChosen, "groups?key={{ id }}");
        });
        rest.Server.Unique = "id";

        await rest.AddAsync(User("a/b", "ada"));
        await rest.ApplyAsync(new EntryAdded("Users", EntryKey.Of("a/b"), User("a/b", "eve")), new TestTargetContext());
        rest.Server.All("users").Should().ContainSingle().Which["login"]!.ToString().Should().Be("eve");

        var escape = () => rest.ApplyAsync(new EntryAdded("Users", EntryKey.Of(".."), User("..", "eve")), new TestTargetContext());
        (await escape.Should().ThrowAsync<TargetException>()).Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [Fact]
    public async Task An_id_that_only_the_location_tells_is_the_link_whatever_characters_it_has()
    {
        await using var rest = await StartAsync();
        (rest.Server.TellsIdByLocation, rest.Server.IdPrefix) = (true, "ä/b ");

        await rest.AddAsync(User("1", "ada"));
        await rest.ModifyAsync(User("1", "ada"), User("1", "eve"));

        rest.Context.Link.Should().Be("Users/ä/b 1");
        rest.Server.All("users").Single()["login"]!.ToString().Should().Be("eve");
        (await rest.Target.FindAsync("Users", "Users/ä/b 1", default))!.Content["login"].Should().Be((Value)"eve");
    }

    [Fact]
    public async Task References_are_written_as_ids()
    {
        await using var rest = await StartAsync();
        rest.Context.With("Users", EntryKey.Of("1"), "Users/17").With("Users", EntryKey.Of("2"), "Users/18")
            .Refers("members", new("Users", IsList: true)).Refers("owner", new("Users", IsList: false));

        await rest.AddAsync(Entry.Of(("id", "g"), ("members", ValueList.Create(["1", "2"])), ("owner", "2")), "Groups");

        var group = rest.Server.All("groups").Single();
        group["members"]!.ToJsonString().Should().Be("""["17","18"]""");
        group["owner"]!.ToString().Should().Be("18");
    }

    [Fact]
    public async Task A_service_that_asks_to_wait_is_waited_for_and_told_the_same_name_of_the_request()
    {
        var clock = new ImpatientClock();
        await using var rest = await StartAsync(
            options => (options.Retries, options.RequestTimeout, options.IdempotencyHeader) = (2, TimeSpan.FromHours(2), "Idempotency-Key"), clock);
        rest.Server.Instead = (_, number) => number < 3 ? (503, "{}") : null;

        await rest.AddAsync(User("1", "ada"));

        rest.Server.Requests.Select(request => request.Header("Idempotency-Key")).Should().Equal(rest.Context.ChangeId, rest.Context.ChangeId, rest.Context.ChangeId);
        rest.Server.All("users").Should().ContainSingle();
    }

    [Theory]
    [InlineData(200, """{"error":"no"}""", FaultKind.Permanent)]
    [InlineData(200, """{"id":1""", FaultKind.Transient)]
    [InlineData(201, "[]", FaultKind.Permanent)]
    [InlineData(400, "s3cret", FaultKind.Permanent)]
    [InlineData(403, "s3cret", FaultKind.Permanent)]
    [InlineData(404, "s3cret", FaultKind.Permanent)]
    [InlineData(415, "s3cret", FaultKind.Permanent)]
    [InlineData(302, "s3cret", FaultKind.Permanent)]
    [InlineData(429, "s3cret", FaultKind.Transient)]
    [InlineData(500, "s3cret", FaultKind.Transient)]
    public async Task An_answer_that_is_no_success_is_a_failure_that_shows_nothing_of_it(int status, string body, FaultKind fault)
    {
        await using var rest = await StartAsync(options => options.ErrorPointer = "/error");
        rest.Server.Instead = (request, _) => request.Method == "POST" ? (status, body) : null;

        var add = () => rest.AddAsync(User("1", "ada"));

        var failure = (await add.Should().ThrowAsync<TargetException>()).Which;
        failure.Fault.Should().Be(fault);
        failure.ToString().Should().NotContainAny("s3cret", RestServer.Token);
    }

    [Fact]
    public async Task A_list_that_is_cut_off_is_no_reading()
    {
        await using var rest = await StartAsync(options => options.Rereads = 0);
        for (var i = 0; i < 20; i++)
            rest.Server.Add("users", new JsonObject { ["key"] = $"{i}", ["login"] = "x" });
        rest.Server.Shows = 12;

        var read = async () => await rest.Target.ReadAsync("Users", [], default).ToListAsync();

        await read.Should().ThrowAsync<TargetException>();
        rest.Server.Shows = int.MaxValue;
        (await read()).Should().HaveCount(20);
    }
}
