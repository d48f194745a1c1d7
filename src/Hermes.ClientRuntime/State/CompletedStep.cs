using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>A step of a change that need not run again.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Result">What it returned; <see cref="Value.Null"/> if nothing. It may hold a secret: a store encrypts it, and nothing shows it.</param>
public sealed record CompletedStep(string Name, Value Result)
{
    /// <summary>Without the result.</summary>
    public override string ToString() => Name;
}
