using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WebCampus;

/// <summary>
/// The registry of a university, as others write them: a web service that tells people, groups and members by pages, to whoever has a token of its authorization server, which
/// gives one for a minute (OAuth 2.0 client credentials).
/// </summary>
internal sealed class Registry
{
    public const string ClientId = "hermes";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The secret of its one client.</summary>
    public string ClientSecret { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public SortedDictionary<string, Person> People { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Group> Groups { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Member> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>How many tokens were given.</summary>
    public int Tokens => _tokens.Count;

    /// <summary>Changes something.</summary>
    public void Change(Action<Registry> change)
    {
        lock (_lock)
            change(this);
    }

    public void Enrol(string id, string login, string given, string family) => People[id] = new Person(id, login, given, family, $"{login}@campus.example");

    public void Join(string group, string user) => Members[$"{group}/{user}"] = new Member($"{group}/{user}", group, user);

    public void Leave(string group, string user) => Members.Remove($"{group}/{user}");

    /// <summary>Makes its addresses.</summary>
    public void Map(WebApplication application)
    {
        application.MapPost("/oauth/token", (Delegate)GiveToken);
        application.MapGet("/api/people", (HttpContext context) => Page(context, People.Values));
        application.MapGet("/api/groups", (HttpContext context) => Page(context, Groups.Values));
        application.MapGet("/api/members", (HttpContext context) => Page(context, Members.Values));
    }

    private async Task<IResult> GiveToken(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var pair = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (form["grant_type"] != "client_credentials" || context.Request.Headers.Authorization != $"Basic {pair}")
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _tokens[token] = TimeProvider.System.GetUtcNow().AddMinutes(1);
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 60 });
    }

    private IResult Page<T>(HttpContext context, IEnumerable<T> all)
    {
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (!_tokens.TryGetValue(token, out var end) || end < TimeProvider.System.GetUtcNow())
            return Results.Unauthorized();
        var (offset, limit) = (Number(context, "offset"), Number(context, "limit"));
        lock (_lock)
        {
            T[] now = [.. all];
            return Results.Json(new { total = now.Length, data = now.Skip(offset).Take(limit) });
        }
    }

    private static int Number(HttpContext context, string name) => int.Parse(context.Request.Query[name].ToString(), CultureInfo.InvariantCulture);

    internal sealed record Person(string Id, string Login, string Given, string Family, string Mail);

    internal sealed record Group(string Id, string Name);

    internal sealed record Member(string Id, string Group, string User);
}
