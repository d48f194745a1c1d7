using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace Hermes.AspNetCore.Tests.Api;

public sealed class DocumentTests : IAsyncLifetime
{
    private CampusHost _host = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _host = await CampusHost.StartAsync(use: app => app.MapGet("/of/the/host", () => "its own"));
        _document = await (await _host.Http.GetAsync("api/v1/openapi.json")).ReadJsonAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public void It_is_about_the_api_and_nothing_else_of_the_host() =>
        _document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Should()
            .OnlyContain(path => path.StartsWith("/hermes/api/v1/", StringComparison.Ordinal)).And.HaveCountGreaterThan(30);

    [Fact]
    public void Every_route_says_what_it_is_for_and_what_it_takes()
    {
        foreach (var (path, method, operation) in Operations())
        {
            operation.GetProperty("summary").GetString().Should().NotBeNullOrWhiteSpace(path);
            var parameters = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Select(one => one.GetProperty("name").GetString()!).ToList() : [];
            parameters.Should().OnlyHaveUniqueItems(path);
            path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment.Trim('{', '}')).Should().BeSubsetOf(parameters, path);
            operation.TryGetProperty("requestBody", out var body).Should().Be(method == "post", path);
            if (method == "post")
                JsonOf(body).GetProperty("properties").TryGetProperty("reason", out _).Should().BeTrue(path);
        }
    }

    [Fact]
    public void A_list_tells_its_parameters_and_its_items()
    {
        var queue = Operations().Single(operation => operation.Path.EndsWith("{client}/queue", StringComparison.Ordinal)).Operation;

        queue.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .Should().Contain(["client", "cursor", "keyPrefix", "total"]);
        var page = JsonOf(queue.GetProperty("responses").GetProperty("200"));
        page.GetProperty("properties").EnumerateObject().Select(property => property.Name).Should().BeEquivalentTo("items", "next", "total");
        Resolve(page.GetProperty("properties").GetProperty("items").GetProperty("items")).GetProperty("properties").TryGetProperty("completedSteps", out _).Should().BeTrue();
    }

    private IEnumerable<(string Path, string Method, JsonElement Operation)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select (path.Name, method.Name, method.Value);

    private JsonElement JsonOf(JsonElement message) => Resolve(message.GetProperty("content").GetProperty("application/json").GetProperty("schema"));

    private JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? _document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
        : schema;
}
