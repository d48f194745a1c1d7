using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.AspNetCore.Security;

/// <summary>What a browser sends along by itself proves nothing: what changes something must come from a page of the dashboard.</summary>
internal static class Browsers
{
    // What no program sends that is no browser, unless it wants to be treated as one.
    private static readonly string[] OfBrowsers = ["Cookie", "Origin", "Sec-Fetch-Site", "Referer"];
    private static readonly string[] Tokens = ["access_token", "id_token", "token", "api_key", "apikey", "authorization"];

    /// <exception cref="RefusedException">The request came from elsewhere, or cannot be told from one that did.</exception>
    public static async Task CheckAsync(HttpContext context)
    {
        var request = context.Request;
        if (Tokens.FirstOrDefault(request.Query.ContainsKey) is { } token)
            throw RefusedException.BadRequest($"The address holds '{token}'. Addresses are logged on the way: send it in the header Authorization.");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return;
        if (IsFromElsewhere(request))
            throw RefusedException.Forbidden("A page of another site asks for this. Do it from a page of the dashboard.");
        if (!RouteFacts.Of(context).IsPage && !OfBrowsers.Any(request.Headers.ContainsKey))
            return;
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            throw RefusedException.BadRequest(
                "This does not prove that it comes from a page of the dashboard, or the page is too old: load it again. "
                + "A program that sends cookies, an origin or a referrer gets a token, and the header to send it in, from api/v1/antiforgery.");
        }
    }

    private static bool IsFromElsewhere(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
            return site != "same-origin" && site != "none";
        return request.Headers.TryGetValue("Origin", out var origin)
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && HostString.FromUriComponent(from) == WithPort(request.Host, from));
    }

    // The port that a scheme has by itself is left out of both or of one.
    private static HostString WithPort(HostString host, Uri from) => from.IsDefaultPort && host.Port == from.Port ? new HostString(host.Host) : host;
}
