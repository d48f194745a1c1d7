namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus on a broker that may hang: its connections stay, and nothing answers. Its time limits are a few seconds.</summary>
public interface IHangingTestBus : ITestBus
{
    /// <summary>Lets the broker hang.</summary>
    void FreezeBroker();

    /// <summary>Lets it go on.</summary>
    void ThawBroker();
}
