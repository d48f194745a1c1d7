using System.Net;
using Hermes.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace Hermes.AspNetCore.Security;

/// <summary>What is closed answers only who sits at the same machine.</summary>
internal static class LocalOnly
{
    private const string HowToOpen =
        "It is closed: only requests of the same machine are answered, over loopback and addressed to localhost. To open it, let the host say who may come in: "
        + "app.MapHermes(...).RequireAuthorization(), with a way to log in; or app.MapHermes(...).AllowAnonymous(), if everybody who reaches it may do everything.";

    // A proxy on this machine passes on what comes from elsewhere.
    private static readonly string[] OfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Real-IP", "Via"];

    /// <exception cref="RefusedException">The request is not of this machine, or may not be.</exception>
    public static void Check(HttpContext context)
    {
        // By a name that is not the machine's own, a page of somebody else may have led here (DNS rebinding).
        if (!IsLoopback(context.Connection.RemoteIpAddress)
            || !IsLoopback(context.Request.Host)
            || OfProxies.Any(context.Request.Headers.ContainsKey))
            throw RefusedException.Forbidden(HowToOpen);
    }

    public static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static bool IsLoopback(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
