namespace Hermes.Runtime.State;

/// <summary>What a store is told when it is asked to open a state.</summary>
/// <param name="Time">The clock by which it waits for a state that another process holds.</param>
/// <param name="Waiting">Called with the reason, each time that it has to wait.</param>
public sealed record StateOpening(TimeProvider Time, Action<string> Waiting);
