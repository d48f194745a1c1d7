namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus on a broker that may go away and come back.</summary>
public interface IBrokerTestBus : ITestBus
{
    /// <summary>Ends the broker at once.</summary>
    Task KillBrokerAsync();

    /// <summary>Starts the broker again on its data and waits until it is ready.</summary>
    Task StartBrokerAsync();

    /// <summary>The same bus at a host name that does not exist.</summary>
    ITestBus AtUnknownHost();

    /// <summary>The same broker with a stream or topic that is missing and must not be made.</summary>
    ITestBus WithMissingLog();
}
