using System.Net;

namespace Hermes.TestSupport.Servers;

/// <summary>A server on Node.js, of packages that a script in <c>eng/servers</c> has fetched, on a free port and with its files in a folder of its own.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(1);

    private readonly ServerDirectory _directory;
    private ServerProcess? _process;

    private NodeServer(string name) => _directory = new ServerDirectory(name);

    /// <summary>Its port.</summary>
    public int Port { get; } = FreePorts.Next();

    /// <summary>Starts a server.</summary>
    /// <param name="name">The name of its software.</param>
    /// <param name="prepareAsync">Puts its files into the folder, and says the command line behind <c>node</c>, with the port.</param>
    /// <param name="path">What is asked for to see that it is ready.</param>
    /// <param name="ready">The answer to that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<NodeServer> StartAsync(
        string name, Func<ServerDirectory, int, Task<string[]>> prepareAsync, string path, HttpStatusCode ready, CancellationToken cancellationToken)
    {
        var server = new NodeServer(name);
        try
        {
            var arguments = await prepareAsync(server._directory, server.Port);
            var address = new Uri($"http://127.0.0.1:{server.Port}/{path}");
            server._process = await ServerProcess.StartAsync(
                new(ServerSoftware.Program("node", name), arguments),
                server._directory[$"{name}.log"],
                token => AnswersAsync(address, ready, token),
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.KillAsync();
        _directory.Dispose();
    }

    private static async Task<bool> AnswersAsync(Uri address, HttpStatusCode ready, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            return answer.StatusCode == ready;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
