namespace Hermes.ClientRuntime.State;

/// <summary>What came of calls of the target for an event, written down at once, before the state is committed.</summary>
/// <param name="Id">The event.</param>
/// <param name="Entry">A number that tells its entry from others.</param>
/// <param name="Attempt">How often it had been tried before.</param>
/// <param name="Content">What the event was about to do, as a number that differs if that differs.</param>
/// <param name="Done">How many of the calls that bring it about have succeeded.</param>
/// <param name="Link">The link of the entry's object by now; null if it has none.</param>
/// <param name="Failure">What is to be remembered if the call after them failed; null if none did. The results of its steps may be secret: a store encrypts them.</param>
public sealed record JournaledCall(CallId Id, long Entry, int Attempt, long Content, int Done, string? Link, AttemptLog? Failure);
