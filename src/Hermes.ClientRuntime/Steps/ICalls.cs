namespace Hermes.ClientRuntime.Steps;

/// <summary>Makes the calls of a run of events. The kinds differ in how many of them are with the target at the same time.</summary>
internal interface ICalls
{
    /// <summary>Makes the calls and keeps the outcome of each in its transition.</summary>
    /// <exception cref="OperationCanceledException">The client stops. What has an outcome is done; of what was begun and has none, it is not known.</exception>
    ValueTask MakeAsync(EventRun run, CancellationToken cancellationToken);
}
