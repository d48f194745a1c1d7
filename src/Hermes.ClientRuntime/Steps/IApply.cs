using Hermes.Abstractions.Buses;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Takes an event through the steps Convert, Gate, Apply and Store. The kinds differ in how many events are with the target at the same
/// time.
/// </summary>
internal interface IApply
{
    /// <summary>The offset of the first event taken that is not stored yet; null if all are.</summary>
    BusOffset? FirstPending { get; }

    /// <summary>Takes an event, which stands at an offset.</summary>
    /// <exception cref="ContradictionException">It does not fit what is known; nothing of it was done.</exception>
    ValueTask TakeAsync(EntryEvent @event, BusOffset offset, bool isRedelivery, CancellationToken cancellationToken);

    /// <summary>Waits until every event taken so far is stored.</summary>
    ValueTask DrainAsync(CancellationToken cancellationToken);
}
