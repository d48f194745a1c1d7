using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Bus;
using Hermes.PostgreSql.ClientState;
using Hermes.PostgreSql.ServerState;
using Hermes.Runtime.Registration;
using Hermes.Runtime.State;
using Hermes.ServerRuntime.State;
using Hermes.Testing.Buses;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>Bus and states of a history in schemas of its own. Leases go by the clock on the wall, whatever the clock of the history does.</summary>
internal sealed class PostgreSqlHistoryStorage(string connectionString, Faults faults, SecretWatch secrets) : IHistoryStorage
{
    private readonly string _name = $"h{Guid.NewGuid():N}";
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-history-").FullName;
    private SendFailure? _failure;

    private string ClientSchema => _name + "_client";

    public void Attach(IHermesServerBuilder server) => server
        .UseBus(_ => new Producer(this, new PostgreSqlBusProducer(BusOptions(), TimeProvider.System)))
        .UseState(_ => new MortalServerStore(
            new ServerStore(new PostgreSqlServerStateStore(new() { ConnectionString = connectionString, Schema = _name + "_server" })), faults, secrets));

    public void Attach(IHermesClientBuilder client) => client
        .UseBus(_ => new PostgreSqlBusConsumer(BusOptions()))
        .UseState(_ => new MortalClientStore(
            new ClientStore(new PostgreSqlClientStateStore(new() { ConnectionString = connectionString, Schema = ClientSchema, Folder = _folder }, null)), faults, secrets));

    public void FailNextSend(SendFailure failure) => _failure = failure;

    public void RemoveMessages() => Statements.Run(connectionString, $"DELETE FROM {_name}_bus.messages");

    // The client is not running.
    public void CutPower() => File.Delete(Path.Combine(_folder, ClientSchema + ".calls"));

    public void Dispose()
    {
        foreach (var part in new[] { "bus", "server", "client" })
            Statements.Run(connectionString, $"DROP SCHEMA IF EXISTS {_name}_{part} CASCADE");
        Directory.Delete(_folder, recursive: true);
    }

    private PostgreSqlBusOptions BusOptions() => new() { ConnectionString = connectionString, Schema = _name + "_bus", PollInterval = TimeSpan.FromMilliseconds(100) };

    private sealed class Producer(PostgreSqlHistoryStorage owner, PostgreSqlBusProducer inner) : IMessageBusProducer
    {
        public bool IsConnected => inner.IsConnected;

        public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
        {
            if (Interlocked.Exchange(ref owner._failure, null) is not { } failure)
            {
                await inner.SendAsync(messages, cancellationToken);
                return;
            }

            await inner.SendAsync([.. messages.Take(failure.Taken)], cancellationToken);
            throw new BusException("The bus was told to fail this send.", failure.Fault) { Confirmed = Math.Min(failure.Confirmed, messages.Count) };
        }

        public IMessageBusConsumer OpenReader() => inner.OpenReader();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class ServerStore(PostgreSqlServerStateStore inner) : IServerStateStore
    {
        public ValueTask<IServerState> OpenAsync(StateOpening opening, CancellationToken cancellationToken) =>
            inner.OpenAsync(opening with { Time = TimeProvider.System }, cancellationToken);
    }

    private sealed class ClientStore(PostgreSqlClientStateStore inner) : IClientStateStore
    {
        public ValueTask<IClientState> OpenAsync(StateOpening opening, CancellationToken cancellationToken) =>
            inner.OpenAsync(opening with { Time = TimeProvider.System }, cancellationToken);
    }
}
