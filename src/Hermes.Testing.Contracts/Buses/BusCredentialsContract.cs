using Hermes.Abstractions;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>A bus that refuses callers it does not know.</summary>
public abstract class BusCredentialsContract
{
    /// <summary>Makes a fresh bus.</summary>
    protected abstract Task<ISecuredTestBus> CreateBusAsync();

    [ContractFact]
    public async Task Wrong_password_is_a_permanent_fault_that_shows_no_secret()
    {
        await using var bus = await CreateBusAsync();
        foreach (var fault in await BusFaults.OfAllCallsAsync(bus.WithWrongPassword()))
        {
            fault.Fault.Should().Be(FaultKind.Permanent, fault.Message);
            fault.ToString().Should().NotContain(bus.Secret);
        }
    }
}
