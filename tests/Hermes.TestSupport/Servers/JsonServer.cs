using System.Globalization;
using System.Net;

namespace Hermes.TestSupport.Servers;

/// <summary>
/// json-server, a REST server that nobody here wrote, on Node.js; its objects are in a file. It counts objects up from 1, tells them by pages with <c>Link</c> and
/// <c>X-Total-Count</c>, and refuses hardly anything.
/// </summary>
public sealed class JsonServer : ITestServer<JsonServer>
{
    private const int Collections = 300;

    private readonly NodeServer _server;
    private int _taken;

    private JsonServer(NodeServer server) => _server = server;

    /// <summary>Where <c>eng/servers/json-server</c> puts it.</summary>
    public static string Home => Path.Combine(ServerSoftware.Cache, "json-server-0.17.4");

    /// <summary>The address of the service.</summary>
    public string Address => $"http://127.0.0.1:{_server.Port}";

    /// <inheritdoc/>
    public static async Task<JsonServer> StartAsync(CancellationToken cancellationToken) => new(await NodeServer.StartAsync(
        "json-server",
        async (directory, port) =>
        {
            var empty = Enumerable.Range(1, Collections).Select(number => $"\"c{number.ToString(CultureInfo.InvariantCulture)}\":[]");
            await File.WriteAllTextAsync(directory["db.json"], $"{{{string.Join(',', empty)}}}", cancellationToken);
            return
            [
                Path.Combine(Home, "node_modules", "json-server", "lib", "cli", "bin.js"),
                "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--quiet", directory["db.json"],
            ];
        },
        "c1",
        HttpStatusCode.OK,
        cancellationToken));

    /// <summary>The name of an empty collection, for one test.</summary>
    public string NextCollection() => Interlocked.Increment(ref _taken) is <= Collections and var number
        ? $"c{number.ToString(CultureInfo.InvariantCulture)}"
        : throw new InvalidOperationException("There are more tests than collections.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
