namespace Hermes.ServerRuntime.State;

/// <summary>How a state is opened.</summary>
/// <param name="Time">The clock by which a store waits until another process lets go of the state.</param>
/// <param name="Waiting">Told once, with the reason, before a store waits.</param>
public sealed record StateOpening(TimeProvider Time, Action<string> Waiting);
