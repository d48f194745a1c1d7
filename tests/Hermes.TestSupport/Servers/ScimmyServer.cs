using System.Globalization;
using System.Net;

namespace Hermes.TestSupport.Servers;

/// <summary>
/// SCIMMY, a SCIM 2.0 server that nobody here wrote, with its routers, on Node.js; users and groups are in memory. Its filters tell upper from lower case, and its names do not.
/// </summary>
public sealed class ScimmyServer : ITestServer<ScimmyServer>
{
    /// <summary>The token that it accepts.</summary>
    public const string Token = "only-of-a-test";

    private const string Script = """
        import { randomUUID } from "node:crypto";
        import express from "express";
        import SCIMMY from "scimmy";
        import SCIMMYRouters from "scimmy-routers";

        const [port, token] = process.argv.slice(2);
        const same = (left, right) => left !== undefined && right !== undefined && String(left).toLowerCase() === String(right).toLowerCase();

        // Resources in memory, whose names are unique without regard to case.
        function declare(type, name) {
          const all = new Map();
          const find = id => {
            if (!all.has(id)) throw new SCIMMY.Types.Error(404, null, `There is no ${id}.`);
            return all.get(id);
          };
          SCIMMY.Resources.declare(type)
            .ingress((resource, data) => {
              const plain = JSON.parse(JSON.stringify(data));
              if (resource.id !== undefined) find(resource.id);
              for (const other of all.values())
                if (other.id !== resource.id && same(other[name], plain[name])) throw new SCIMMY.Types.Error(409, "uniqueness", "It is taken.");
              const id = resource.id ?? randomUUID();
              all.set(id, { ...plain, id });
              return all.get(id);
            })
            .egress(resource => {
              if (resource.id !== undefined) return find(resource.id);
              const list = [...all.values()];
              return resource.filter ? resource.filter.match(list) : list;
            })
            .degress(resource => {
              find(resource.id);
              all.delete(resource.id);
            });
        }

        declare(SCIMMY.Resources.User, "userName");
        declare(SCIMMY.Resources.Group, "displayName");
        SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser);

        express()
          .use("/scim/v2", new SCIMMYRouters({
            type: "bearer",
            handler: request => {
              if (request.header("Authorization") !== `Bearer ${token}`) throw new Error("This is not the token.");
              return "hermes";
            },
          }))
          .listen(Number(port), "127.0.0.1");
        """;

    private readonly NodeServer _server;

    private ScimmyServer(NodeServer server) => _server = server;

    /// <summary>Where <c>eng/servers/scimmy</c> puts it.</summary>
    public static string Home => Path.Combine(ServerSoftware.Cache, "scimmy-1.3.2");

    /// <summary>The address of the service.</summary>
    public string Address => $"http://127.0.0.1:{_server.Port}/scim/v2";

    /// <inheritdoc/>
    public static async Task<ScimmyServer> StartAsync(CancellationToken cancellationToken) => new(await NodeServer.StartAsync(
        "scimmy",
        async (directory, port) =>
        {
            await File.WriteAllTextAsync(directory["server.mjs"], Script, cancellationToken);

            // Modules are looked for beside the script.
            File.CreateSymbolicLink(directory["node_modules"], Path.Combine(Home, "node_modules"));
            return [directory["server.mjs"], port.ToString(CultureInfo.InvariantCulture), Token];
        },
        "scim/v2/ServiceProviderConfig",
        HttpStatusCode.Unauthorized,
        cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
