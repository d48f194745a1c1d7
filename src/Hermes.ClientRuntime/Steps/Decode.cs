using Hermes.Abstractions.Buses;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Reads the event out of a message. A message that is not an event is set aside with the reason; it never stops the client.
/// </summary>
internal sealed class Decode : IClientStep
{
    /// <summary>The pure part, which is done ahead.</summary>
    public static Incoming Read(ReceivedMessage message)
    {
        try
        {
            return new Incoming(message, EventJson.Decode(message.Message.Body.Span), null);
        }
        catch (EventFormatException exception)
        {
            return new Incoming(message, null, exception.Message);
        }
    }

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
