using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Scim;
using Hermes.Testing.Targets;

namespace Hermes.Http.Benchmarks;

/// <summary>Makes users of a SCIM service: with the target, and with nothing but an HttpClient that asks the same.</summary>
internal sealed class Creating(UserService service) : IAsyncDisposable
{
    private const int Connections = 16;
    private const string MediaType = "application/scim+json";

    private static readonly TargetType Users = new(
        "Users", ["family", "given", "id", "login", "mail"], ["id"], [], ImmutableDictionary<string, TargetForeignKey>.Empty);

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
    private readonly ScimTarget _target = new(Options(service.Address));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _target.Dispose();
        await service.DisposeAsync();
    }

    /// <summary>The target, as the client calls it with <c>MaxConcurrency</c>.</summary>
    public async Task<long> ThroughAsync()
    {
        service.Clear();
        await _target.StartAsync([Users], default);
        await TogetherAsync(number => _target.ApplyAsync(new EntryAdded("Users", EntryKey.Of(Text(number)), EntryOf(number)), new TestTargetContext(), default));
        return service.Users;
    }

    /// <summary>The bare client.</summary>
    /// <param name="looks">Whether it looks first, by externalId and by userName, as whoever wants nothing twice has to.</param>
    public async Task<long> BareAsync(bool looks)
    {
        service.Clear();
        await TogetherAsync(async number =>
        {
            if (looks)
            {
                await FindAsync("externalId", Text(number));
                await FindAsync("userName", $"login{number}");
            }

            using var body = new StringContent(UserOf(number).ToJsonString(), Encoding.UTF8, MediaType);
            using var answer = await _client.PostAsync(new Uri($"{service.Address}/Users"), body);
            _ = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        });
        return service.Users;
    }

    private static Task TogetherAsync(Func<int, ValueTask> make) => Parallel.ForEachAsync(
        Enumerable.Range(0, UserService.Count), new ParallelOptions { MaxDegreeOfParallelism = Connections }, (number, _) => make(number));

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Entry EntryOf(int number) => Entry.Of(
        ("id", Text(number)), ("login", $"login{number}"), ("given", $"Given {number}"), ("family", $"Family {number}"), ("mail", $"p{number}@campus.example"));

    private static JsonObject UserOf(int number) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"),
        ["externalId"] = Text(number),
        ["userName"] = $"login{number}",
        ["name"] = new JsonObject { ["givenName"] = $"Given {number}", ["familyName"] = $"Family {number}" },
        ["emails"] = new JsonArray(new JsonObject { ["type"] = "work", ["value"] = $"p{number}@campus.example" }),
        ["active"] = true,
    };

    private async Task FindAsync(string attribute, string value)
    {
        var filter = Uri.EscapeDataString($"{attribute} eq \"{value}\"");
        var found = JsonNode.Parse(await _client.GetStringAsync(new Uri($"{service.Address}/Users?filter={filter}")))!;
        if (found["totalResults"]!.GetValue<int>() > 0)
            throw new InvalidOperationException($"There is a {value} already.");
    }

    private static ScimTargetOptions Options(string address)
    {
        var options = new ScimTargetOptions { Address = address };
        options.Resources["Users"] = new ScimTypeOptions
        {
            Endpoint = "Users",
            Attributes =
            {
                ["id"] = "externalId", ["login"] = "userName", ["given"] = "name.givenName", ["family"] = "name.familyName", ["mail"] = "emails[work]",
            },
        };
        return options;
    }
}
