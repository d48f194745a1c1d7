using System.Globalization;
using System.Text.Json.Nodes;
using Hermes.Http.Tests.Servers;
using Microsoft.AspNetCore.Http;

namespace Hermes.Http.Tests.Rest;

/// <summary>A web service in memory that behaves as badly as the test says.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    public const string Token = "only-of-a-test";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<JsonObject>> _objects = [];
    private TestService _service = null!;
    private int _last;

    public string Address => _service.Address;

    public IReadOnlyList<HeardRequest> Requests => _service.Requests;

    /// <summary>The member that must be unique; null if none must.</summary>
    public string? Unique { get; set; }

    /// <summary>Whether a new object's id is told by <c>Location</c> alone.</summary>
    public bool TellsIdByLocation { get; set; }

    /// <summary>What ids begin with.</summary>
    public string IdPrefix { get; set; } = "";

    /// <summary>The items that a list has at most, whatever its total says.</summary>
    public int Shows { get; set; } = int.MaxValue;

    /// <summary>Answers with a status, or a body with status 200, before anything is done.</summary>
    public Func<HeardRequest, int, (int Status, string Body)?> Instead { get; set; } = (_, _) => null;

    /// <summary>Is awaited when something was done, before the answer; the connection breaks off if it says so.</summary>
    public Func<HeardRequest, Task<bool>> BreaksOff { get; set; } = _ => Task.FromResult(false);

    public static async Task<RestServer> StartAsync()
    {
        var server = new RestServer();
        server._service = await TestService.StartAsync((context, number) => server.AnswerAsync(context, number));
        return server;
    }

    public IReadOnlyList<JsonObject> All(string collection)
    {
        lock (_gate)
            return [.. Of(collection).Select(item => (JsonObject)item.DeepClone())];
    }

    public string Add(string collection, JsonObject item)
    {
        lock (_gate)
        {
            item["id"] ??= $"{IdPrefix}{(++_last).ToString(CultureInfo.InvariantCulture)}";
            Of(collection).Add(item);
            return item["id"]!.ToString();
        }
    }

    public void Delete(string collection, string id)
    {
        lock (_gate)
            Of(collection).RemoveAll(item => item["id"]!.ToString() == id);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, int number)
    {
        var request = context.Heard();
        if (request.Header("Authorization") != $"Bearer {Token}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (Instead(request, number) is { } instead)
        {
            await context.JsonAsync(instead.Body, instead.Status);
            return;
        }

        var (status, body) = Do(request, context);
        if (await BreaksOff(request))
            context.Abort();
        else if (body is null)
            context.Response.StatusCode = status;
        else
            await context.JsonAsync(body, status);
    }

    private (int Status, string? Body) Do(HeardRequest request, HttpContext context)
    {
        var path = request.Target.Split('?')[0].Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        lock (_gate)
        {
            var (items, body) = (Of(path[0]), request.Body.Length > 0 ? JsonNode.Parse(request.Body) as JsonObject : null);
            var item = path.Length > 1 ? items.Find(known => known["id"]!.ToString() == path[1]) : null;
            return (request.Method, path.Length) switch
            {
                ("GET", 1) => (200, Listed(items, context.Request.Query)),
                ("POST", 1) => Made(path[0], body!, context),
                ("PUT", 2) when item is null && Unique == "id" => Made(path[0], body!, context),
                (_, 2) when item is null => (404, null),
                ("GET", 2) => (200, item.ToJsonString()),
                ("PUT", 2) => (200, Put(items, item, body!)),
                ("PATCH", 2) => (200, Patched(item, body!).ToJsonString()),
                ("DELETE", 2) => (items.Remove(item) ? 204 : 404, null),
                _ => (405, null),
            };
        }
    }

    private (int Status, string? Body) Made(string collection, JsonObject item, HttpContext context)
    {
        if (Unique is { } name && Of(collection).Exists(other => other[name]?.ToString() == item[name]?.ToString()))
            return (409, null);
        if (item["name"]?.ToString() == "refused")
            return (422, """{"message":"s3cret-Of-The-Contract is no name"}""");
        var id = Add(collection, (JsonObject)item.DeepClone());
        if (!TellsIdByLocation)
            return (201, Of(collection)[^1].ToJsonString());
        context.Response.Headers.Location = $"/{collection}/{Uri.EscapeDataString(id)}";
        return (201, null);
    }

    private string Listed(List<JsonObject> items, IQueryCollection query)
    {
        var offset = query.TryGetValue("offset", out var text) ? int.Parse(text.ToString(), CultureInfo.InvariantCulture) : 0;
        var found = items.Where(item => query.All(wanted => wanted.Key == "offset" || item[wanted.Key]?.ToString() == wanted.Value.ToString())).ToList();
        return new JsonObject
        {
            ["total"] = found.Count,
            ["items"] = new JsonArray([.. found.Skip(offset).Take(Math.Min(7, Shows - offset)).Select(item => item.DeepClone())]),
        }.ToJsonString();
    }

    private static string Put(List<JsonObject> items, JsonObject item, JsonObject body)
    {
        items[items.IndexOf(item)] = (JsonObject)body.DeepClone();
        return body.ToJsonString();
    }

    // RFC 7396.
    private static JsonObject Patched(JsonObject item, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                item.Remove(name);
            else
                item[name] = value is JsonObject inner ? Patched(item[name] as JsonObject ?? [], inner).DeepClone() : value.DeepClone();
        }

        return item;
    }

    private List<JsonObject> Of(string collection)
    {
        if (!_objects.TryGetValue(collection, out var items))
            _objects[collection] = items = [];
        return items;
    }
}
