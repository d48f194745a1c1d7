namespace Hermes.ClientRuntime.Steps;

/// <summary>A step of the client. It does its part for a run of events and hands nothing back: all that the next ones need is in the run.</summary>
internal interface IClientStep
{
    /// <param name="run">The events.</param>
    /// <param name="cancellationToken">The client stops. A step that waits for others then marks the run as stopped, and what is done goes on to be stored.</param>
    ValueTask RunAsync(EventRun run, CancellationToken cancellationToken);
}
