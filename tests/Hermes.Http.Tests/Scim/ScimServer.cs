using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hermes.Http.Tests.Servers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hermes.Http.Tests.Scim;

/// <summary>A SCIM server in memory, with the quirks that a test chooses. It refuses nulls, empty lists and what the standard says is an error.</summary>
internal sealed partial class ScimServer : IAsyncDisposable
{
    public const string Token = "t0ken-of-the-scim-tests";
    private const string Base = "/scim/v2/";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<JsonObject>> _resources = new(StringComparer.OrdinalIgnoreCase);
    private int _lastId;
    private TestService? _service;

    private ScimServer(ScimQuirks quirks) => Quirks = quirks;

    public ScimQuirks Quirks { get; set; }

    /// <summary>How many of the next POSTs and PATCHes are done, but not answered.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Called before a request is answered.</summary>
    public Action<string>? Before { get; set; }

    public string Address => _service!.Address + Base.TrimEnd('/');

    public IReadOnlyList<HeardRequest> Requests => _service!.Requests;

    /// <summary>The requests that change something, as method and path.</summary>
    public IEnumerable<HeardRequest> Writes => Requests.Where(request => request.Method != "GET");

    public static async Task<ScimServer> StartAsync(ScimQuirks? quirks = null)
    {
        var server = new ScimServer(quirks ?? new ScimQuirks());
        server._service = await TestService.StartAsync((context, _) => server.AnswerAsync(context, context.Heard()));
        return server;
    }

    /// <summary>What an endpoint has.</summary>
    public IReadOnlyList<JsonObject> All(string endpoint)
    {
        lock (_lock)
            return [.. Of(endpoint).Select(resource => resource.DeepClone().AsObject())];
    }

    /// <summary>Makes a resource by hand.</summary>
    public string Add(string endpoint, JsonObject resource)
    {
        lock (_lock)
        {
            resource = Parse(resource.ToJsonString());
            resource["id"] = NewId();
            Touch(resource);
            Of(endpoint).Add(resource);
            return resource["id"]!.ToString();
        }
    }

    /// <summary>Changes a resource by hand.</summary>
    public void Change(string endpoint, string id, Action<JsonObject> change)
    {
        lock (_lock)
        {
            change(Find(endpoint, id)!);
            Touch(Find(endpoint, id)!);
        }
    }

    /// <summary>Deletes a resource by hand.</summary>
    public void Delete(string endpoint, string id)
    {
        lock (_lock)
            Of(endpoint).Remove(Find(endpoint, id)!);
    }

    public async ValueTask DisposeAsync() => await _service!.DisposeAsync();

    private static JsonObject Parse(string json) => JsonNode.Parse(json, new JsonNodeOptions { PropertyNameCaseInsensitive = true })!.AsObject();

    private List<JsonObject> Of(string endpoint) => _resources.TryGetValue(endpoint, out var list) ? list : _resources[endpoint] = [];

    private JsonObject? Find(string endpoint, string id) => Of(endpoint).Find(resource => resource["id"]!.ToString() == id);

    private string NewId() => (Quirks.SlashesInIds ? "a/b %2F?" : "") + (++_lastId).ToString("x8", CultureInfo.InvariantCulture);

    private void Touch(JsonObject resource)
    {
        if (Quirks.ETags)
            resource["meta"] = new JsonObject { ["version"] = $"W/\"{++_lastId}\"" };
    }

    private async Task AnswerAsync(HttpContext context, HeardRequest request)
    {
        Before?.Invoke($"{request.Method} {request.Target}");
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var parts = raw[Base.Length..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        int status;
        JsonNode? body;
        lock (_lock)
            (status, body) = request.Header("Authorization") != $"Bearer {Token}" ? (401, null) : Answer(context, request, parts);
        if (request.Method is "POST" or "PATCH" && status < 300 && LostAnswers > 0)
        {
            LostAnswers--;
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (body is null)
            return;
        if (Quirks.ETags && (body as JsonObject)?["meta"]?["version"] is { } version)
            context.Response.Headers.ETag = version.ToString();
        await context.AnswerAsync("application/scim+json", body.ToJsonString(), status);
    }

    private (int Status, JsonNode? Body) Answer(HttpContext context, HeardRequest request, string[] parts)
    {
        try
        {
            return (request.Method, parts) switch
            {
                ("GET", ["ServiceProviderConfig"]) => Quirks.Discovery ? (200, Config()) : (404, null),
                ("GET", [var endpoint]) => List(context.Request, endpoint),
                ("GET", [var endpoint, var id]) => Find(endpoint, id) is { } found ? (200, Shown(context.Request, found)) : (404, null),
                ("POST", [var endpoint]) => Post(endpoint, Parse(request.Body)),
                ("PUT", [var endpoint, var id]) => Put(endpoint, id, Parse(request.Body), request.Header("If-Match")),
                ("PATCH", [var endpoint, var id]) => Quirks.Patch ? Patch(endpoint, id, Parse(request.Body)) : (501, null),
                ("DELETE", [var endpoint, var id]) => Find(endpoint, id) is { } gone && Of(endpoint).Remove(gone) ? (204, null) : (404, null),
                _ => (404, null),
            };
        }
        catch (RefusedException refused)
        {
            return (refused.Status, refused.Status == 409 && refused.Type is null ? null : new JsonObject { ["scimType"] = refused.Type, ["detail"] = refused.Message });
        }
    }

    private JsonObject Config() => new()
    {
        ["patch"] = new JsonObject { ["supported"] = Quirks.Patch },
        ["filter"] = new JsonObject { ["supported"] = Quirks.Filter, ["maxResults"] = Quirks.MostPerPage },
        ["etag"] = new JsonObject { ["supported"] = Quirks.ETags },
    };

    private (int Status, JsonNode? Body) List(HttpRequest request, string endpoint)
    {
        var found = Of(endpoint).ToList();
        if (request.Query["filter"].ToString() is { Length: > 0 } filter && !Quirks.IgnoresFilter)
        {
            if (!Quirks.Filter || FilterText.Match(filter) is not { Success: true } match)
                throw new RefusedException(400, "invalidFilter", "This filter is not understood.");
            var wanted = JsonNode.Parse(match.Groups["value"].Value)!.ToString();
            var isExact = Quirks.FilterByCase || match.Groups["path"].Value == "externalId";
            found = [.. found.Where(resource => Values(resource, match.Groups["path"].Value)
                .Any(held => held.Equals(wanted, isExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)))];
        }

        var (start, count) = ((int)request.Number("startIndex", 1), (int)Math.Min(request.Number("count", Quirks.MostPerPage), Quirks.MostPerPage));
        return (200, new JsonObject
        {
            ["totalResults"] = found.Count,
            ["startIndex"] = start,
            ["Resources"] = new JsonArray([.. found.Skip(start - 1).Take(count).Select(resource => Shown(request, resource))]),
        });
    }

    private static JsonNode Shown(HttpRequest request, JsonObject resource)
    {
        var shown = resource.DeepClone().AsObject();
        shown.Remove("password");
        foreach (var name in request.Query["excludedAttributes"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries))
            shown.Remove(name);
        return shown;
    }

    private static IEnumerable<string> Values(JsonObject resource, string path)
    {
        var at = path.StartsWith("urn:", StringComparison.Ordinal) ? path.LastIndexOf(':') : -1;
        var names = path[(at + 1)..].Split('.');
        var place = at < 0 ? resource : resource[path[..at]] as JsonObject;
        return place?[names[0]] switch
        {
            null => [],
            JsonArray list => list.Select(item => item![names.Length > 1 ? names[1] : "value"]?.ToString() ?? ""),
            JsonObject whole => [whole[names[1]]?.ToString() ?? ""],
            var value => [value.ToString()],
        };
    }

    private (int Status, JsonNode? Body) Post(string endpoint, JsonObject resource)
    {
        Check(endpoint, resource, null);
        resource["id"] = NewId();
        Touch(resource);
        Of(endpoint).Add(resource);
        var told = resource.DeepClone().AsObject();
        told.Remove("password");
        return (201, told);
    }

    // As servers do: what is left out is gone, and who is not said to be inactive is active. A password is never read, so that it stays.
    private (int Status, JsonNode? Body) Put(string endpoint, string id, JsonObject resource, string? version)
    {
        if (Find(endpoint, id) is not { } held)
            return (404, null);
        if (version is not null && held["meta"]?["version"]?.ToString() != version)
            return (412, null);
        Check(endpoint, resource, id);
        if (held["password"] is { } password && resource["password"] is null)
            resource["password"] = password.DeepClone();
        resource["id"] = id;
        if (endpoint == "Users")
            resource["active"] ??= Quirks.BooleansAsText ? "True" : true;
        Touch(resource);
        Of(endpoint)[Of(endpoint).IndexOf(held)] = resource;
        return (200, resource.DeepClone());
    }

    private void Check(string endpoint, JsonObject resource, string? id)
    {
        foreach (var (name, value) in resource)
        {
            if (value is null or JsonArray { Count: 0 })
                throw new RefusedException(400, "invalidValue", $"'{name}' is null or empty.");
        }

        if (resource["active"] is JsonValue active && active.TryGetValue<string>(out _) != Quirks.BooleansAsText)
            throw new RefusedException(400, "invalidValue", "'active' is of the wrong type.");
        if ((resource["emails"] as JsonArray)?.Any(mail => !mail!["value"]!.ToString().Contains('@')) == true)
            throw new RefusedException(400, "invalidValue", $"That is no mail. The password was '{resource["password"]}'.");
        var unique = endpoint == "Users" ? "userName" : endpoint == "Groups" && Quirks.UniqueGroups ? "displayName" : null;
        if (endpoint == "Users" && resource["userName"] is null)
            throw new RefusedException(400, "invalidValue", "'userName' is required.");
        if (unique is not null && Of(endpoint).Exists(other => other["id"]!.ToString() != id && Same(other[unique], resource[unique])))
            throw new RefusedException(409, Quirks.ConflictType, "It is taken.");
        if (Quirks.ChecksMembers && (resource["members"] as JsonArray)?.FirstOrDefault(member => Find("Users", member!["value"]!.ToString()) is null) is { } unknown)
            throw new RefusedException(400, "invalidValue", $"There is no {unknown["value"]}.");
    }

    private static bool Same(JsonNode? left, JsonNode? right) =>
        left is not null && right is not null && left.ToString().Equals(right.ToString(), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""^(?<path>\S+) eq (?<value>.+)$""", RegexOptions.Singleline)]
    private static partial Regex FilterText { get; }

    private sealed class RefusedException(int status, string? type, string detail) : Exception(detail)
    {
        public int Status { get; } = status;

        public string? Type { get; } = type;
    }
}
