using Hermes.ClientRuntime.State;
using Hermes.EndToEnd.Tests.Histories;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.State;
using Hermes.Testing.Buses;
using Hermes.Testing.State;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.EndToEnd.Tests.Worlds;

/// <summary>Bus and states in memory, the states behind wrappers that a test may put faults into.</summary>
internal sealed class InMemoryStorage(InMemoryBus bus) : IHistoryStorage
{
    private readonly InMemoryServerState _server = new();
    private readonly InMemoryClientState _client = new();

    public InMemoryBus Bus => bus;

    public Func<IServerStateStore, IServerStateStore> AroundServerState { get; init; } = store => store;

    public Func<IClientStateStore, IClientStateStore> AroundClientState { get; init; } = store => store;

    public void Attach(IHermesServerBuilder server) => server.UseInMemoryBus(bus).UseState(_ => AroundServerState(_server));

    /// <summary>What came of the client's calls since its last commit is lost.</summary>
    public void CutPower() => _client.CutPower();

    public void FailNextSend(SendFailure failure) => bus.FailNextSends(1, failure);

    public void RemoveMessages()
    {
        if (bus.Messages is [.., var last])
            bus.RemoveBefore(last.Offset.Next);
    }

    public void Attach(IHermesClientBuilder client) => client.UseInMemoryBus(bus).UseState(_ => AroundClientState(_client));

    public void Dispose()
    {
        // Nothing outside this process.
    }
}
