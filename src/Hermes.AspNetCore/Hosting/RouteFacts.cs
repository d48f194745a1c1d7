using Hermes.AspNetCore.Api;
using Hermes.AspNetCore.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Hermes.AspNetCore.Hosting;

/// <summary>What is to be known of a route.</summary>
/// <param name="Path">Where it is, seen from the root of the dashboard.</param>
/// <param name="Access">What somebody must be allowed to.</param>
/// <param name="IsPage">Whether it is for people.</param>
internal sealed record RouteFacts(string Path, Access Access, bool IsPage)
{
    /// <summary>The root of the dashboard as the one who asks sees it, below his path base, with a slash at its end.</summary>
    public static string RootOf(HttpContext context)
    {
        var path = (context.Request.PathBase + context.Request.Path).ToUriComponent().TrimEnd('/');
        for (var left = Of(context).DepthOf(context); left > 0; left--)
            path = path[..path.LastIndexOf('/')];
        return path + "/";
    }

    public static RouteFacts Of(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<RouteFacts>();

    // A rest is as deep as what was asked for.
    private int DepthOf(HttpContext context) => Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Sum(
        segment => segment == "{**rest}" ? context.RouteText("rest").Split('/', StringSplitOptions.RemoveEmptyEntries).Length : 1);
}

/// <summary>Routes of the group that holds dashboard and API.</summary>
internal static class RouteGroup
{
    private const int LongestBody = 1 << 20;

    public static RouteHandlerBuilder Page(this RouteGroupBuilder group, string method, string path, Access access, Delegate handler) =>
        group.Map(method, path, access, true, handler).ExcludeFromDescription();

    public static RouteHandlerBuilder Api(this RouteGroupBuilder group, string method, string path, Access access, string summary, Delegate handler) => group
        .Map(method, $"api/v1/{path}", access, false, handler).WithGroupName(ApiDocument.Name).WithSummary(summary).ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>What a route has in a place of its pattern.</summary>
    public static string RouteText(this HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";

    private static RouteHandlerBuilder Map(this RouteGroupBuilder group, string method, string path, Access access, bool isPage, Delegate handler) => group
        .MapMethods($"/{path}", [method], handler)
        .WithMetadata(new RouteFacts(path, access, isPage), new RequestSizeLimitAttribute(LongestBody));
}
