using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Hermes.Http.Tests.Kills;

/// <summary>What a SCIM server holds, looked at and changed by plain requests.</summary>
internal sealed class ScimView : IDisposable
{
    private readonly HttpClient _client = new();
    private readonly string _address;

    public ScimView(string address, string token)
    {
        _address = address;
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<IReadOnlyList<JsonObject>> AllAsync(string endpoint)
    {
        var all = new List<JsonObject>();
        while (true)
        {
            var page = JsonNode.Parse(await _client.GetStringAsync(new Uri($"{_address}/{endpoint}?startIndex={all.Count + 1}&count=100")))!;
            all.AddRange((page["Resources"]?.AsArray() ?? []).Select(resource => resource!.AsObject()));
            if (all.Count >= page["totalResults"]!.GetValue<int>())
                return all;
        }
    }

    public async Task<string> MakeAsync(string endpoint, JsonObject resource)
    {
        using var answer = await _client.PostAsync(new Uri($"{_address}/{endpoint}"), Body(resource));
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.ToString();
    }

    public async Task ReplaceAsync(string endpoint, string id, string path, string value)
    {
        using var answer = await _client.PatchAsync(new Uri($"{_address}/{endpoint}/{id}"), Body(new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = path, ["value"] = value }),
        }));
        answer.EnsureSuccessStatusCode();
    }

    public async Task DeleteAsync(string endpoint, string id)
    {
        using var answer = await _client.DeleteAsync(new Uri($"{_address}/{endpoint}/{id}"));
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _client.Dispose();

    private static StringContent Body(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/scim+json");
}
