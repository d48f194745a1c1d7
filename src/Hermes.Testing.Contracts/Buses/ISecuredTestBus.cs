namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus that asks who the caller is.</summary>
public interface ISecuredTestBus : ITestBus
{
    /// <summary>A secret of the connection, which no message may show.</summary>
    string Secret { get; }

    /// <summary>The same bus with credentials that are not accepted; they hold <see cref="Secret"/> too.</summary>
    ITestBus WithWrongPassword();
}
