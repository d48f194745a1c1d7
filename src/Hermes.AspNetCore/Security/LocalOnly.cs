using System.Net;
using System.Net.Sockets;
using Hermes.AspNetCore.Http;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Hermes.AspNetCore.Security;

/// <summary>What is closed answers only who sits at the same machine.</summary>
internal static class LocalOnly
{
    private const string HowToOpen =
        "It is closed: only requests of the same machine are answered, over loopback or a Unix socket and addressed to localhost. To open it, let the host say who may come in: "
        + "app.MapHermes(...).RequireAuthorization(), with a way to log in; or app.MapHermes(...).AllowAnonymous(), if everybody who reaches it may do everything.";

    // A proxy on this machine passes on what comes from elsewhere.
    private static readonly string[] OfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Real-IP", "Via"];

    /// <exception cref="RefusedException">The request is not of this machine, or may not be.</exception>
    public static void Check(HttpContext context)
    {
        if (!IsOfThisMachine(context))
            throw RefusedException.Forbidden(HowToOpen);
    }

    /// <summary>Whether a request comes from this machine, as far as one can see: not by a proxy, and not by a page of somebody else.</summary>
    // By a name that is not the machine's own, such a page may have led here (DNS rebinding).
    public static bool IsOfThisMachine(HttpContext context) =>
        IsFromHere(context) && IsLoopback(context.Request.Host) && !OfProxies.Any(context.Request.Headers.ContainsKey);

    /// <summary>Whether a connection begins at this machine.</summary>
    public static bool IsFromHere(HttpContext context) => IsLoopback(context.Connection.RemoteIpAddress) || IsOverUnixSocket(context);

    /// <summary>Whether a connection is one of a Unix socket, whose file says who may connect.</summary>
    public static bool IsOverUnixSocket(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix;

    private static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    private static bool IsLoopback(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
