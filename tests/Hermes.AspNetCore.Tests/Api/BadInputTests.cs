using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Hermes.AspNetCore.Tests.Api;

public sealed class BadInputTests : IAsyncLifetime
{
    private static readonly string[] WithoutQuery = ["/status", "/events", "/antiforgery", "/servers", "/clients", "/counts", "/campus", "/portal", "/preview", "/1"];

    private CampusHost _host = null!;

    public async Task InitializeAsync() => _host = await CampusHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Lists_refuse_what_they_do_not_have()
    {
        var lists = (await RoutesOf("GET")).Where(path => !WithoutQuery.Any(end => path.EndsWith(end, StringComparison.Ordinal))).ToList();

        lists.Should().HaveCountGreaterThan(10);
        string[] bad = ["size=0", "size=1001", "size=many", "sise=1", "cursor=nonsense", "total=perhaps", "from=yesterday", "state=Nowhere", "kind=Nothing", "size=1&size=2"];
        foreach (var path in lists)
        {
            foreach (var query in bad)
                await (await _host.Http.GetAsync($"{path}?{query}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, $"{path}?{query}");
        }
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var named = (await Routes.ReadAsync(_host, place => place is "server" or "client" ? "nobody" : null)).Where(route => route.Path.Contains("/nobody"));
        foreach (var (method, path) in named)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? JsonContent.Create(new { reason = "a test" }) : null };
            (await (await _host.Http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.NotFound, path)).GetProperty("detail").GetString().Should().Contain("nobody");
        }

        await (await _host.Http.GetAsync("api/v1/nothing")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await _host.Http.DeleteAsync("api/v1/servers")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await _host.Http.GetAsync("api/v1/clients/portal/operations/99")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await _host.Http.GetAsync("api/v1/clients/portal/entries/nowhere/Users")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await (await _host.Http.GetAsync("api/v1/servers/campus/entries/Nobody")).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        await (await _host.Http.GetAsync("api/v1/servers/campus/entries/%20")).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        await (await _host.Http.GetAsync("api/v1/servers/campus/preview?max=-1")).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        await (await _host.Http.GetAsync("api/v1/servers/campus/preview?most=1")).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Every_action_refuses_a_body_that_it_does_not_take()
    {
        var actions = (await RoutesOf("POST")).ToList();
        string[] bad = ["", "{", "null", "[]", "{}", """{"reason":" "}""", """{"reason":"a\nb"}""", """{"reason":1}""", """{"reason":"a","rason":"b"}"""];

        actions.Should().HaveCountGreaterThan(10);
        foreach (var path in actions)
        {
            foreach (var body in bad.Where(body => !path.EndsWith("/cancel", StringComparison.Ordinal) || body is "{" or "[]"))
                await (await PostAsync(path, body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, $"{path} {body}");
            await (await _host.Http.PostAsync(path, new StringContent("reason=a", Encoding.UTF8, "text/plain"))).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, path);
        }

        _host.Client.Status.QueuedEvents.Should().Be(CampusHost.Queued);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_before_it_is_sent()
    {
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var http = _host.Connect(handler);
        foreach (var path in await RoutesOf("POST"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { reason = new string('a', 1 << 20) }) };
            request.Headers.ExpectContinue = true;
            await request.Content.LoadIntoBufferAsync();
            await (await http.SendAsync(request)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, path);
        }
    }

    [Theory]
    [InlineData("retry", """{"reason":"a"}""")]
    [InlineData("retry", """{"reason":"a","numbers":[]}""")]
    [InlineData("retry", """{"reason":"a","numbers":["x"]}""")]
    [InlineData("retry", """{"reason":"a","filter":{}}""")]
    [InlineData("discard", """{"reason":"a","numbers":[1],"all":true}""")]
    [InlineData("discard", """{"reason":"a","filter":{"typ":"Accounts"}}""")]
    [InlineData("discard", """{"reason":"a","filter":{"kind":"Nothing"}}""")]
    [InlineData("purge", """{"reason":"a","entries":[{"type":"Users"}]}""")]
    [InlineData("purge", """{"reason":"a","entries":[{"type":"Users","key":{}}]}""")]
    [InlineData("purge", """{"reason":"a","filter":{"text":"a"}}""")]
    [InlineData("removals/Users/approve", """{"reason":"a"}""")]
    public async Task What_is_meant_must_be_said_in_one_way(string action, string body) =>
        await (await PostAsync($"api/v1/clients/portal/{action}", body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest);

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _host.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<IEnumerable<string>> RoutesOf(string method) => (await Routes.ReadAsync(_host)).Where(route => route.Method == method).Select(route => route.Path);
}
