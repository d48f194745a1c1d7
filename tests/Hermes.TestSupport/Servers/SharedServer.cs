namespace Hermes.TestSupport.Servers;

/// <summary>
/// One server for all tests of a collection, started when the first of them asks for it and ended after the last. Tests keep apart by
/// a fresh database, stream, topic or subtree each.
/// </summary>
/// <remarks>
/// <code>
/// [CollectionDefinition(nameof(RabbitMqServer))]
/// public sealed class RabbitMqCollection : ICollectionFixture&lt;SharedServer&lt;RabbitMqServer&gt;&gt;;
///
/// [Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
/// public sealed class MyTests(SharedServer&lt;RabbitMqServer&gt; shared) { [ServerFact] public async Task ...() { var server = await shared.GetAsync(); } }
/// </code>
/// </remarks>
public sealed class SharedServer<TServer> : IAsyncLifetime
    where TServer : class, ITestServer<TServer>
{
    private readonly Lazy<Task<TServer>> _server = new(() => TServer.StartAsync(CancellationToken.None));

    /// <summary>The server, started if it was not. A failed start fails every test that needs it, with its cause.</summary>
    public Task<TServer> GetAsync() => _server.Value;

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
            await (await _server.Value).DisposeAsync();
    }
}
