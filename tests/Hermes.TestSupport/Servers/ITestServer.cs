namespace Hermes.TestSupport.Servers;

/// <summary>A real server for tests.</summary>
/// <typeparam name="TSelf">The server's own class.</typeparam>
public interface ITestServer<TSelf> : IAsyncDisposable
    where TSelf : ITestServer<TSelf>
{
    /// <summary>Starts one on free ports with data of its own and waits until it is ready.</summary>
    static abstract Task<TSelf> StartAsync(CancellationToken cancellationToken);
}
