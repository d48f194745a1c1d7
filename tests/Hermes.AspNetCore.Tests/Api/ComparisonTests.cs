using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Hermes.AspNetCore.Tests.Api;

public sealed class ComparisonTests : IAsyncLifetime
{
    private CampusHost _host = null!;

    public async Task InitializeAsync() => _host = await CampusHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_target_is_compared_and_put_right_by_whoever_names_the_digest()
    {
        var report = await (await PostAsync("comparisons/Accounts", new { reason = "a look" })).ReadJsonAsync();
        var digest = report.GetProperty("digest").GetString();
        await (await PostAsync("comparisons/Accounts/repair", new { digest = "0", repair = "Write", reason = "wrong" })).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        var outcome = await (await PostAsync("comparisons/Accounts/repair", new { digest, repair = "Write", kinds = new[] { "Differs" }, reason = "put right" })).ReadJsonAsync();

        report.GetProperty("objects").GetInt64().Should().Be(25);
        report.GetProperty("counts").GetProperty("ToAdd").GetInt64().Should().Be(5);
        outcome.GetProperty("decided").GetInt64().Should().Be(0);
        _host.Log.Lines.Should().Contain(line => line.Contains("local asks the client portal to Compare Accounts: a look", StringComparison.Ordinal))
            .And.Contain(line => line.Contains($"({digest}): put right", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Links_are_set_and_forgotten()
    {
        var links = new[] { new { key = (object)9, link = "object-9" }, new { key = (object)"nobody", link = "x" } };
        var set = await (await PostAsync("links/Accounts", new { links, reason = "by hand" })).ReadJsonAsync();
        var cut = await (await PostAsync("links/Accounts/cut", new { keys = new[] { 9 }, reason = "by mistake" })).ReadJsonAsync();

        set.GetProperty("set").GetInt32().Should().Be(1);
        set.GetProperty("refused").EnumerateArray().Should().ContainSingle().Which.GetProperty("reason").GetString().Should().NotBeEmpty();
        cut.GetProperty("cut").GetInt32().Should().Be(1);
    }

    [Theory]
    [InlineData("comparisons/Nobody", """{"reason":"a"}""")]
    [InlineData("comparisons/Accounts", "{}")]
    [InlineData("comparisons/Accounts/repair", """{"repair":"Write","reason":"a"}""")]
    [InlineData("comparisons/Accounts/repair", """{"digest":"a","reason":"a"}""")]
    [InlineData("comparisons/Accounts/repair", """{"digest":"a","repair":"Break","reason":"a"}""")]
    [InlineData("links/Accounts", """{"links":[],"reason":"a"}""")]
    [InlineData("links/Accounts", """{"links":[{"key":1}],"reason":"a"}""")]
    [InlineData("links/Accounts", """{"links":[{"key":1,"link":"a"},{"key":1,"link":"b"}],"reason":"a"}""")]
    [InlineData("links/Accounts/cut", """{"reason":"a"}""")]
    [InlineData("links/Nobody/cut", """{"keys":[1],"reason":"a"}""")]
    public async Task What_is_not_said_is_refused(string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        await (await _host.Http.PostAsync($"api/v1/clients/portal/{path}", content)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    private Task<HttpResponseMessage> PostAsync(string path, object body) => _host.Http.PostAsJsonAsync($"api/v1/clients/portal/{path}", body, JsonSerializerOptions.Web);
}
