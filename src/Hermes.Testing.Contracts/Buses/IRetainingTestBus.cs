namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus whose retention a test can set to work.</summary>
public interface IRetainingTestBus : ITestBus
{
    /// <summary>Brings retention to remove at least the first message, by sending further ones where that is what it takes; returns when it is gone.</summary>
    Task RemoveFirstMessageAsync();
}
