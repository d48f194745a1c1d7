namespace Hermes.ServerRuntime.State;

/// <summary>Something to write back to a source.</summary>
/// <param name="Sequence">The number of the event that must have left the outbox before.</param>
/// <param name="Body">What to do, encoded; never a secret.</param>
public readonly record struct StoredWriteBack(long Sequence, byte[] Body);
