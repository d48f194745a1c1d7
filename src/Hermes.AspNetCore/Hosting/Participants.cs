using Hermes.AspNetCore.Http;
using Hermes.ClientRuntime.Control;
using Hermes.ServerRuntime.Control;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.AspNetCore.Hosting;

/// <summary>The servers and clients of this host, each by its name.</summary>
internal sealed class Participants(IServiceProvider services)
{
    public IReadOnlyList<IHermesServerControl> Servers { get; } =
        [.. services.GetKeyedServices<IHermesServerControl>(KeyedService.AnyKey).OrderBy(server => server.Name, StringComparer.Ordinal)];

    public IReadOnlyList<IHermesClientControl> Clients { get; } =
        [.. services.GetKeyedServices<IHermesClientControl>(KeyedService.AnyKey).OrderBy(client => client.Name, StringComparer.Ordinal)];

    /// <summary>The server that a route names.</summary>
    /// <exception cref="RefusedException">There is none of this name.</exception>
    public IHermesServerControl Server(HttpContext context) =>
        Servers.FirstOrDefault(server => server.Name == context.RouteText("server"))
        ?? throw Unknown("server", context, Servers.Select(server => server.Name));

    /// <summary>The client that a route names.</summary>
    /// <exception cref="RefusedException">There is none of this name.</exception>
    public IHermesClientControl Client(HttpContext context) =>
        Clients.FirstOrDefault(client => client.Name == context.RouteText("client"))
        ?? throw Unknown("client", context, Clients.Select(client => client.Name));

    private static RefusedException Unknown(string what, HttpContext context, IEnumerable<string> known) => RefusedException.NotFound(
        $"This host has no {what} '{context.RouteText(what)}'. It has {(known.Any() ? string.Join(", ", known) : "none")}.");
}
