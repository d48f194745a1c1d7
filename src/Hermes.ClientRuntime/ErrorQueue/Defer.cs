using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Lets what follows for the local entries wait in the error queue without a call: the next pass delivers it, at once or after a restart.</summary>
internal sealed class Defer(ClientSession session)
{
    private readonly LocalViews _local = new(session);
    private readonly RemoteViews _remote = new(session);
    private readonly Enqueue _enqueue = new(session);

    /// <param name="converted">What follows.</param>
    /// <param name="attempts">Why it waits.</param>
    public async ValueTask RunAsync(ConvertedEvent converted, AttemptLog attempts)
    {
        foreach (var transition in converted.Locals)
        {
            if (transition.Event is null)
                _local.Follow(transition);
            else
                await _enqueue.RunAsync(transition, transition.Before, attempts);
        }

        _remote.Follow(converted);
    }
}
