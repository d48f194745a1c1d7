using Hermes.Abstractions.Buses;
using Hermes.PostgreSql.Bus;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.PostgreSql.Tests.Bus;

/// <summary>A bus in a schema of its own on a server that tests share.</summary>
internal sealed class PostgreSqlTestBus(PostgreSqlServer server, PostgreSqlBusOptions options) : IBrokerTestBus, IHangingTestBus, ISecuredTestBus, IRetainingTestBus
{
    public PostgreSqlBusOptions Options => options;

    public string Secret => PostgreSqlServer.Password;

    public static PostgreSqlTestBus Make(PostgreSqlServer server, Action<PostgreSqlBusOptions>? change = null)
    {
        var options = New(server);
        change?.Invoke(options);
        return new PostgreSqlTestBus(server, options);
    }

    public IMessageBusProducer CreateProducer() => new PostgreSqlBusProducer(options, TimeProvider.System);

    public IMessageBusProducer CreateProducer(TimeProvider time) => new PostgreSqlBusProducer(options, time);

    public IMessageBusConsumer CreateConsumer() => new PostgreSqlBusConsumer(options);

    public Task KillBrokerAsync() => server.KillAsync();

    public Task StartBrokerAsync() => server.RestartAsync();

    public void FreezeBroker() => server.Freeze();

    public void ThawBroker() => server.Thaw();

    public ITestBus WithWrongPassword() => With(changed => changed.ConnectionString = server.ConnectionTo("postgres", password: Secret + "-not"));

    public ITestBus AtUnknownHost() => With(changed => changed.ConnectionString = $"Host=no-such-host.invalid;Username=u;Password={Secret};Database=d");

    public ITestBus WithMissingLog() => With(changed => (changed.Schema, changed.CreateSchema) = ("no_such_schema", false));

    public async Task RemoveFirstMessageAsync()
    {
        await using var producer = With(changed => changed.RetentionBytes = 1500).CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(1000, 1), default);
    }

    public PostgreSqlTestBus With(Action<PostgreSqlBusOptions> change)
    {
        var changed = New(server);
        (changed.Schema, changed.ConnectTimeout, changed.CommandTimeout) = (options.Schema, options.ConnectTimeout, options.CommandTimeout);
        change(changed);
        return new PostgreSqlTestBus(server, changed);
    }

    public Task RunAsync(string sql) => Statements.RunAsync(options.ConnectionString, sql.Replace("{0}", options.Schema, StringComparison.Ordinal));

    // The schema goes with the server's data.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static PostgreSqlBusOptions New(PostgreSqlServer server) => new()
    {
        ConnectionString = server.ConnectionTo("postgres"),
        Schema = $"bus_{Guid.NewGuid():N}",
    };
}
