using System.Diagnostics;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;
using Hermes.Events;

namespace Hermes.ClientRuntime.Steps;

/// <summary>
/// Consecutive events of the same type and kind about different entries are with the target at the same time. Their outcomes are stored
/// in order, before an event of another type or kind is looked at.
/// </summary>
internal sealed class ApplyTogether(ClientSession session, Convert convert, Gate gate, Store store, ApplyInOrder inOrder) : IApply
{
    private readonly List<Pending> _pending = [];
    private readonly HashSet<EntryKey> _keys = [];
    private (string Type, Type Kind)? _lane;

    public BusOffset? FirstPending => _pending is [var first, ..] ? first.Offset : null;

    public async ValueTask TakeAsync(EntryEvent @event, BusOffset offset, bool isRedelivery, CancellationToken cancellationToken)
    {
        var lane = (@event.Type, @event.GetType());
        if (lane != _lane || _keys.Contains(@event.Key) || _pending.Count >= session.Model.Settings.MaxConcurrency)
            await DrainAsync(cancellationToken);
        _lane = lane;

        var converted = convert.Run(@event);
        if (converted.Locals is [{ Event: { } local } transition] && gate.Run(local) is null)
        {
            _keys.Add(@event.Key);
            _pending.Add(new Pending(offset, converted, transition, isRedelivery, Activity.Current?.Context ?? default));
            return;
        }

        await DrainAsync(cancellationToken);
        await inOrder.ApplyAsync(converted, isRedelivery, cancellationToken);
    }

    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        if (_pending.Count == 0)
            return;
        var outcomes = await Task.WhenAll(_pending.Select(pending => session.Services.Target.ApplyAsync(
            pending.Transition.Event!, pending.Transition.Before.Applied, AttemptLog.None, pending.IsRedelivery, pending.Trace, cancellationToken).AsTask()));
        foreach (var (pending, outcome) in _pending.Zip(outcomes))
            Write(pending, outcome);
        _pending.Clear();
        _keys.Clear();
    }

    private void Write(Pending pending, CallOutcome outcome)
    {
        if (outcome.Failure is { } failure)
            store.Queue(pending.Transition, outcome.Applied, failure);
        else
            store.Applied(pending.Transition, outcome.Applied);
        store.Settle(pending.Converted);
    }

    // The trace of an event is open only until the next event is taken.
    private sealed record Pending(
        BusOffset Offset, ConvertedEvent Converted, LocalTransition Transition, bool IsRedelivery, ActivityContext Trace);
}
