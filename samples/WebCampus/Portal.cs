using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace WebCampus;

/// <summary>What the portal holds, read by plain requests.</summary>
internal sealed class Portal : IDisposable
{
    private readonly HttpClient _client = new();

    public Portal(string address, string token)
    {
        (Address, Token) = (address, token);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public string Address { get; }

    public string Token { get; }

    /// <summary>How it differs from the registry, line by line.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(Registry registry)
    {
        var (users, groups) = (await AllAsync("Users"), await AllAsync("Groups"));
        var people = users.Where(user => user["active"]!.GetValue<bool>()).ToDictionary(user => user["id"]!.ToString(), user => user["externalId"]!.ToString());
        var held = users.Where(user => people.ContainsKey(user["id"]!.ToString()))
            .Select(user => $"{user["externalId"]} {user["userName"]} {user["name"]!["givenName"]} {user["name"]!["familyName"]} {user["emails"]![0]!["value"]}")
            .Concat(groups.Select(group => $"group {group["externalId"]} {group["displayName"]}"))
            .Concat(groups.SelectMany(group => (group["members"]?.AsArray() ?? []).Select(
                member => $"member {group["externalId"]} {people.GetValueOrDefault(member!["value"]!.ToString(), "a stranger")}")));
        var wanted = registry.People.Values.Select(person => $"{person.Id} {person.Login} {person.Given} {person.Family} {person.Mail}")
            .Concat(registry.Groups.Values.Select(group => $"group {group.Id} {group.Name}"))
            .Concat(registry.Members.Values.Select(member => $"member {member.Group} {member.User}"));
        string[] has = [.. held], should = [.. wanted];
        return [.. should.Except(has).Select(line => $"- {line}"), .. has.Except(should).Select(line => $"+ {line}")];
    }

    public void Dispose() => _client.Dispose();

    private async Task<IReadOnlyList<JsonNode>> AllAsync(string endpoint)
    {
        var all = new List<JsonNode>();
        while (true)
        {
            var page = JsonNode.Parse(await _client.GetStringAsync(new Uri($"{Address}/{endpoint}?startIndex={all.Count + 1}&count=100")))!;
            all.AddRange((page["Resources"]?.AsArray() ?? []).Select(resource => resource!));
            if (all.Count >= page["totalResults"]!.GetValue<int>())
                return all;
        }
    }
}
