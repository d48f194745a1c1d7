using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Takes an event through the steps Convert, Gate, Apply and Store. The kinds differ in how many events are with the target at the same
/// time.
/// </summary>
internal interface IApply
{
    /// <summary>Whether every event taken so far is stored.</summary>
    bool IsDrained { get; }

    /// <summary>Takes an event.</summary>
    /// <exception cref="ContradictionException">It does not fit what is known; nothing of it was done.</exception>
    ValueTask TakeAsync(EntryEvent @event, bool isRedelivery, CancellationToken cancellationToken);

    /// <summary>Waits until every event taken so far is stored.</summary>
    ValueTask DrainAsync(CancellationToken cancellationToken);
}
