using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>One event at a time, strictly in order.</summary>
internal sealed class ApplyInOrder(ClientSession session, Convert convert, Gate gate, Store store) : IApply
{
    public BusOffset? FirstPending => null;

    public ValueTask TakeAsync(EntryEvent @event, BusOffset offset, bool isRedelivery, CancellationToken cancellationToken) =>
        ApplyAsync(convert.Run(@event), isRedelivery, cancellationToken);

    public ValueTask DrainAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Takes a converted event through the remaining steps.</summary>
    public async ValueTask ApplyAsync(ConvertedEvent converted, bool isRedelivery, CancellationToken cancellationToken)
    {
        foreach (var transition in converted.Locals)
        {
            if (transition.Event is not { } @event)
            {
                store.Follow(transition);
            }
            else if (gate.Run(@event) is { } waiting)
            {
                store.Queue(transition, transition.Before.Applied, waiting with { IsInFlight = isRedelivery });
            }
            else
            {
                var outcome = await session.Services.Target.ApplyAsync(
                    @event, transition.Before.Applied, AttemptLog.None, isRedelivery, default, cancellationToken);
                if (outcome.Failure is { } failure)
                    store.Queue(transition, outcome.Applied, failure);
                else
                    store.Applied(transition, outcome.Applied);
            }
        }

        store.Settle(converted);
    }
}
