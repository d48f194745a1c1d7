using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>A fresh, empty bus (a file, a stream, a topic) for one test.</summary>
public interface ITestBus : IAsyncDisposable
{
    /// <summary>Makes a producer of this bus.</summary>
    IMessageBusProducer CreateProducer();

    /// <summary>Makes a consumer of this bus.</summary>
    IMessageBusConsumer CreateConsumer();
}
