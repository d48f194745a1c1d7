using System.Net;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;

namespace Hermes.AspNetCore.Tests.Api;

public sealed class ReadTests : IAsyncLifetime
{
    private CampusHost _host = null!;

    public async Task InitializeAsync() => _host = await CampusHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Every_route_that_tells_something_tells_it_as_json_and_no_secret()
    {
        await (await _host.Client.RetryAsync(EventSelection.All, new DecidedBy("eve", "a test"))).Completion;
        await _host.Client.Comparisons.CompareAsync("Accounts");
        await _host.HoldRemovalsAsync();
        var told = (await Routes.ReadAsync(_host)).Where(route => route.Method == "GET" && !route.Path.EndsWith("/events", StringComparison.Ordinal)).ToList();

        told.Should().HaveCountGreaterThan(20);
        foreach (var (_, path) in told)
        {
            var response = await _host.Http.GetAsync(path);
            await response.ReadJsonAsync();
            (await response.Content.ReadAsStringAsync()).Should().NotContain(CampusHost.Secret, path);
            response.Headers.CacheControl!.NoStore.Should().BeTrue(path);
        }
    }

    [Fact]
    public async Task A_list_is_filtered_and_read_page_by_page()
    {
        var first = await GetAsync("api/v1/servers/campus/entries/Users?size=20&total=true");
        var second = await GetAsync($"api/v1/servers/campus/entries/Users?size=20&cursor={first.GetProperty("next").GetString()}");

        first.GetProperty("total").GetInt64().Should().Be(30);
        first.GetProperty("items").GetArrayLength().Should().Be(20);
        second.GetProperty("items").GetArrayLength().Should().Be(10);
        second.GetProperty("next").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        (await GetAsync("api/v1/servers/campus/entries/Users?key=7")).GetProperty("items")[0].GetProperty("attributes").GetProperty("login").GetString().Should().Be("user7");
        (await GetAsync("api/v1/clients/portal/queue?keyPrefix=3")).GetProperty("items").GetArrayLength().Should().Be(2);
        (await GetAsync("api/v1/clients/portal/queue?state=failed&kind=added&type=Accounts")).GetProperty("items").GetArrayLength().Should().Be(5);
    }

    [Fact]
    public async Task An_event_of_the_error_queue_is_told_by_its_number()
    {
        var last = (await GetAsync("api/v1/clients/portal/queue")).GetProperty("items").EnumerateArray().Last();

        var one = await GetAsync($"api/v1/clients/portal/queue/{last.GetProperty("number").GetInt64()}");

        one.GetRawText().Should().Be(last.GetRawText());
        foreach (var other in new[] { "0", "999999", "-1", "one" })
            await (await _host.Http.GetAsync($"api/v1/clients/portal/queue/{other}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, other);
    }

    [Fact]
    public async Task Statuses_say_how_all_are_doing()
    {
        var status = await GetAsync("api/v1/status");

        status.GetProperty("servers")[0].GetProperty("entries").GetInt64().Should().Be(30);
        status.GetProperty("clients")[0].GetProperty("queuedEvents").GetInt32().Should().Be(CampusHost.Queued);
        (await GetAsync("api/v1/servers/campus")).GetProperty("types")[0].GetProperty("inconsistencies").GetProperty("count").GetInt32().Should().Be(1);
        (await GetAsync("api/v1/clients/portal")).GetProperty("state").GetString().Should().BeOneOf("Waiting", "Working");
    }

    [Fact]
    public async Task Failures_are_told_as_groups()
    {
        var group = (await GetAsync("api/v1/clients/portal/groups")).GetProperty("items")[0];

        group.GetProperty("count").GetInt32().Should().Be(5);
        (await GetAsync($"api/v1/clients/portal/queue?group={group.GetProperty("group").GetString()}&total=true")).GetProperty("total").GetInt64().Should().Be(5);
    }

    [Fact]
    public async Task Events_tell_the_status_at_once_and_when_it_changes()
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var response = await _host.Http.GetAsync("api/v1/events", HttpCompletionOption.ResponseHeadersRead, end.Token);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(end.Token));

        (await NextAsync(reader, end.Token)).Should().Contain("\"queuedEvents\":10");
        await _host.Client.PauseAsync();
        (await NextAsync(reader, end.Token)).Should().Contain("\"state\":\"Paused\"");
    }

    [Fact]
    public async Task A_stream_of_events_does_not_hold_the_host_back_when_it_stops()
    {
        using var response = await _host.Http.GetAsync("api/v1/events", HttpCompletionOption.ResponseHeadersRead);

        await _host.StopAsync().WaitAsync(TimeSpan.FromSeconds(15));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<string> NextAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return line;
        }

        throw new EndOfStreamException();
    }

    private async Task<System.Text.Json.JsonElement> GetAsync(string path) => await (await _host.Http.GetAsync(path)).ReadJsonAsync();
}
