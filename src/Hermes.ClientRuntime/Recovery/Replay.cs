using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>
/// After the machine went down, or an older state was put back, it is not known which events the target has got. They all come again, and wait in the error queue until the last
/// of them is there: what they come to together then reaches the target, so that none takes back what a later one did.
/// </summary>
internal static class Replay
{
    /// <exception cref="BusException">The bus failed.</exception>
    public static async ValueTask BeginAsync(ClientSession session, IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        var finding = session.Written.JournalFinding;
        if (finding == JournalFinding.Whole || session.Setup is null)
            return;
        await foreach (var queued in session.ReadQueueAsync())
        {
            if (queued.Attempts.IsInFlight || finding == JournalFinding.Foreign)
                session.PutQueued(queued with { Attempts = queued.Attempts with { IsInFlight = false, WasBrokenOff = true } });
        }

        var last = session.Position.RedeliveryUpTo;
        if (finding == JournalFinding.Foreign && await bus.GetLastOffsetAsync(cancellationToken) is { } end && !(end < last))
            last = end;
        if (last is not { } upTo || !(session.Position.Next <= upTo))
            return;
        session.Position.Replay(upTo);
        session.Services.Log.Replaying(session.Model.Name, session.Position.Next.ToString()!, upTo.Value);
    }
}
