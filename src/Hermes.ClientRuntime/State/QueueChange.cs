namespace Hermes.ClientRuntime.State;

/// <summary>A change of the error queue.</summary>
/// <param name="Number">The number of the event.</param>
/// <param name="Event">The event that has this number from now on, in place of any before; null if it leaves the queue.</param>
public readonly record struct QueueChange(long Number, QueuedEvent? Event);
