namespace Hermes.Contracts.Buses;

/// <summary>A bus on a broker that is a process of its own.</summary>
public interface IBrokerTestBus : ITestBus
{
    /// <summary>A secret of this bus's connection, which no message may show.</summary>
    string Secret { get; }

    /// <summary>Ends the broker as a power failure would.</summary>
    Task KillBrokerAsync();

    /// <summary>Starts the broker again on its data and waits until it is ready.</summary>
    Task StartBrokerAsync();

    /// <summary>The same bus with credentials that the broker does not accept; holds <see cref="Secret"/> too.</summary>
    ITestBus WithWrongPassword();

    /// <summary>The same bus at a host name that does not exist.</summary>
    ITestBus AtUnknownHost();

    /// <summary>The same broker with a stream or topic that is missing and must not be made.</summary>
    ITestBus WithMissingLog();
}
