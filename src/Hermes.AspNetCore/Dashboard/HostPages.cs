using Hermes.AspNetCore.Dashboard.Parts;
using Hermes.AspNetCore.Health;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Hermes.AspNetCore.Dashboard;

/// <summary>The pages about the host as a whole, and what pages are made with.</summary>
internal static class HostPages
{
    private static readonly Dictionary<string, string> Assets = new()
    {
        ["hermes.css"] = "text/css; charset=utf-8",
        ["hermes.js"] = "text/javascript; charset=utf-8",
        ["hermes.svg"] = "image/svg+xml",
    };

    public static void Map(RouteGroupBuilder group)
    {
        group.Page("GET", "", Access.Read, async (HttpContext context, Participants all, TimeProvider time) =>
            await PageResults.ShowAsync<OverviewPage>(context, new Dictionary<string, object?>
            {
                [nameof(OverviewPage.Servers)] = all.Servers.Select(server => server.Status).ToList(),
                [nameof(OverviewPage.Clients)] = all.Clients.ToDictionary(client => client.Name, client => client.Status),
                [nameof(OverviewPage.Concerns)] = Concerns.OfAll(all, new HermesHealthOptions(), time.GetUtcNow())
                    .Select(concern => KeyValuePair.Create(concern.Link, $"{concern.Participant}: {concern.Text}")).ToList(),
            }));
        foreach (var (name, type) in Assets)
            group.Page("GET", $"assets/{name}", Access.Read, Asset(name, type));
        group.Map("/{**rest}", (HttpContext context) => throw RefusedException.NotFound("There is no such page."))
            .WithMetadata(new RouteFacts("{**rest}", Access.Read, true))
            .ExcludeFromDescription();
    }

    private static Func<HttpContext, IResult> Asset(string name, string type)
    {
        using var stream = typeof(HostPages).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))[..16]}\"");
        return context =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(content, type, entityTag: tag);
        };
    }
}
