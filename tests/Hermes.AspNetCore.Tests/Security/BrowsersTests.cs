using System.Net;
using System.Net.Http.Json;

namespace Hermes.AspNetCore.Tests.Security;

public sealed class BrowsersTests : IAsyncLifetime
{
    private CampusHost _host = null!;

    public async Task InitializeAsync() => _host = await CampusHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.BadRequest)]
    [InlineData("Cookie", "session=1", HttpStatusCode.BadRequest)]
    [InlineData("Referer", "http://localhost/", HttpStatusCode.BadRequest)]
    public async Task A_browser_that_does_not_prove_where_it_comes_from_changes_nothing(string header, string value, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/clients/portal/discard") { Content = JsonContent.Create(new { reason = "a", all = true }) };
        request.Headers.Add(header, value);

        await (await _host.Http.SendAsync(request)).ShouldBeProblemAsync(status);

        _host.Client.Operations.Find("1").Should().BeNull();
    }

    [Fact]
    public async Task A_browser_that_gets_a_token_may_use_the_api()
    {
        using var browser = new Browser(_host);
        var token = await (await browser.Http.GetAsync("api/v1/antiforgery")).ReadJsonAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/servers/campus/poll") { Content = JsonContent.Create(new { reason = "a" }) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add(token.GetProperty("header").GetString()!, token.GetProperty("token").GetString());

        (await browser.Http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = new Browser(_host);
        await browser.LoadAsync("servers/campus");

        var response = await browser.SendAsync("servers/campus/act", [("act", "Pause"), ("reason", "a")]);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("load it again");
        _host.Server.Status.PausedSince.Should().BeNull();
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("token")]
    [InlineData("api_key")]
    public async Task A_token_in_an_address_is_refused(string name)
    {
        var problem = await (await _host.Http.GetAsync($"api/v1/status?{name}=abc")).ShouldBeProblemAsync(HttpStatusCode.BadRequest);

        problem.GetProperty("detail").GetString().Should().Contain("Authorization");
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_run_nothing_foreign_and_keep_nothing()
    {
        foreach (var path in new[] { "", "api/v1/status", "assets/hermes.js", "nothing", "api/v1/nothing" })
        {
            var response = await _host.Http.GetAsync(path);

            var policy = response.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Subject;
            policy.Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe").And.NotContain("http").And.NotContain("*");
            response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        }
    }
}
