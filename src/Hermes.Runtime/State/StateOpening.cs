namespace Hermes.Runtime.State;

/// <summary>What a store of a state needs when it is opened.</summary>
/// <param name="Time">The clock by which the store looks again whether a state that another process holds is free.</param>
/// <param name="Waiting">Called once, with the reason, when the store has to wait.</param>
public sealed record StateOpening(TimeProvider Time, Action<string> Waiting);
