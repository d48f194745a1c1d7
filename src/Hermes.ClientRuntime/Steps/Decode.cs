namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Takes the event that was read out of a message, which is done ahead (<see cref="MessageReader"/>). A message that is not an event is set aside with the reason; it
/// never stops the client.
/// </summary>
internal sealed class Decode : IClientStep
{
    public ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var message in run.Events)
        {
            if (message.Incoming.Fault is { } fault)
                message.SetAside(fault);
        }

        return ValueTask.CompletedTask;
    }
}
