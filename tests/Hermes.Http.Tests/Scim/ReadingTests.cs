using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Tests.Servers;
using static Hermes.Http.Tests.Scim.ScimDriver;

namespace Hermes.Http.Tests.Scim;

public sealed class ReadingTests
{
    [Fact]
    public async Task Every_page_is_read_however_few_a_server_gives()
    {
        await using var scim = await StartAsync(new ScimQuirks { MostPerPage = 7 });
        string[] ids = [.. Enumerable.Range(0, 100).Select(i => scim.Server.Add("Users", new JsonObject { ["userName"] = $"u{i}" }))];

        (await ReadAsync(scim.Target)).Select(user => user.Link).Should().Equal(ids);
    }

    [Fact]
    public async Task What_is_deleted_while_pages_are_read_ends_the_reading()
    {
        await using var scim = await StartAsync(new ScimQuirks { MostPerPage = 10 });
        string[] ids = [.. Enumerable.Range(0, 30).Select(i => scim.Server.Add("Users", new JsonObject { ["userName"] = $"u{i}" }))];
        scim.Server.Before = request =>
        {
            if (!request.Contains("startIndex=10&", StringComparison.Ordinal))
                return;
            scim.Server.Delete("Users", ids[3]);
            scim.Server.Add("Users", new JsonObject { ["userName"] = "new" });
        };

        var read = () => ReadAsync(scim.Target);

        (await read.Should().ThrowAsync<TargetException>()).Which.Message.Should().Contain("moved from page to page");
    }

    [Theory]
    [InlineData("""{"totalResults":3,"Resources":[{"id":"1"},{"id":"2"}]}""")]
    [InlineData("""{"totalResults":1,"Resources":[{"id":"1"},{"id":"2"}]}""")]
    [InlineData("""{"totalResults":2,"Resources":[{"id":"1"},{"id":"1"}]}""")]
    [InlineData("""{"totalResults":2,"Resources":[]}""")]
    [InlineData("""{"Resources":[{"id":"1"}]}""")]
    [InlineData("""{"totalResults":1,"Resources":[{"userName":"ada"}]}""")]
    [InlineData("""[{"id":"1"}]""")]
    [InlineData("nonsense")]
    public async Task An_answer_that_does_not_hold_all_is_an_error(string answer)
    {
        await using var service = await TestService.StartAsync(answer);
        using var target = await StartAsync(service.Address, "any");

        var read = () => ReadAsync(target);

        await read.Should().ThrowAsync<TargetException>();
    }

    [Fact]
    public async Task Names_and_mails_are_compared_without_case_and_all_else_with_it()
    {
        await using var scim = await StartAsync();
        bool Same(string attribute, Value given, Value held) => scim.Target.IsSame("Users", attribute, given, held);

        Same("login", "Ada", "ada").Should().BeTrue();
        Same("mail", "Ada@campus.example", "ada@campus.example").Should().BeTrue();
        Same("given", "Ada", "ada").Should().BeFalse();
        Same("id", "A1", "a1").Should().BeFalse();
        Same("password", "s3cret", Value.Null).Should().BeTrue("it is not told");
        Same("manager", "1", Value.Null).Should().BeTrue("references are not told");
    }

    private static async Task<List<TargetObject>> ReadAsync(IReadableTarget target)
    {
        var all = new List<TargetObject>();
        await foreach (var user in target.ReadAsync("Users", [], default))
            all.Add(user);
        return all;
    }
}
