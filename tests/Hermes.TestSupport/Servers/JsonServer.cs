using System.Globalization;

namespace Hermes.TestSupport.Servers;

/// <summary>
/// json-server, a REST server that nobody here wrote, on Node.js; its objects are in a file. It counts objects up from 1, tells them by pages with <c>Link</c> and
/// <c>X-Total-Count</c>, and refuses hardly anything.
/// </summary>
public sealed class JsonServer : ITestServer<JsonServer>
{
    private const int Collections = 300;
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(1);

    private readonly ServerDirectory _directory = new("json-server");
    private readonly int _port = FreePorts.Next();
    private ServerProcess? _process;
    private int _taken;

    private JsonServer()
    {
    }

    /// <summary>Where <c>eng/servers/json-server</c> puts it.</summary>
    public static string Home => Path.Combine(ServerSoftware.Cache, "json-server-0.17.4");

    /// <summary>The address of the service.</summary>
    public string Address => $"http://127.0.0.1:{_port}";

    /// <inheritdoc/>
    public static async Task<JsonServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new JsonServer();
        try
        {
            var empty = Enumerable.Range(1, Collections).Select(number => $"\"c{number.ToString(CultureInfo.InvariantCulture)}\":[]");
            await File.WriteAllTextAsync(server._directory["db.json"], $"{{{string.Join(',', empty)}}}", cancellationToken);
            server._process = await ServerProcess.StartAsync(
                new(
                    ServerSoftware.Program("node", "json-server"),
                    Path.Combine(Home, "node_modules", "json-server", "lib", "cli", "bin.js"),
                    "--host",
                    "127.0.0.1",
                    "--port",
                    server._port.ToString(CultureInfo.InvariantCulture),
                    "--quiet",
                    server._directory["db.json"]),
                server._directory["json-server.log"],
                server.IsReadyAsync,
                StartBound,
                cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The name of an empty collection, for one test.</summary>
    public string NextCollection() => Interlocked.Increment(ref _taken) is <= Collections and var number
        ? $"c{number.ToString(CultureInfo.InvariantCulture)}"
        : throw new InvalidOperationException("There are more tests than collections.");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.KillAsync();
        _directory.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(new Uri($"{Address}/c1"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
