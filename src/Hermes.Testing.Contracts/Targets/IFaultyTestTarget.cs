using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Contracts.Targets;

/// <summary>A target under test that can refuse a change, or be out of reach.</summary>
public interface IFaultyTestTarget : ITestTarget
{
    /// <summary>Texts that no message may show: the password, the connection string.</summary>
    IReadOnlyList<string> Secrets { get; }

    /// <summary>A target of the same kind whose server cannot be reached.</summary>
    IClientTarget Unreachable();

    /// <summary>
    /// A change that the target refuses however often it is tried, for one of its own rules. Its entry has <see
    /// cref="ContractTypes.SecretText"/> as its secret.
    /// </summary>
    Task<TargetChange> PrepareRefusedAsync();
}
