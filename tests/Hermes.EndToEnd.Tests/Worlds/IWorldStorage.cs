using Hermes.Runtime.Registration;

namespace Hermes.EndToEnd.Tests.Worlds;

/// <summary>Where the bus and the states of a world are kept; outlives its server and its client.</summary>
internal interface IWorldStorage : IDisposable
{
    /// <summary>Gives a server its bus and its state.</summary>
    void Attach(IHermesServerBuilder server);

    /// <summary>Gives a client its bus and its state.</summary>
    void Attach(IHermesClientBuilder client);
}
