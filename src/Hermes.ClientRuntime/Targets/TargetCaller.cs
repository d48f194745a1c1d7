using System.Diagnostics;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;
using Polly;
using Polly.Timeout;

namespace Hermes.ClientRuntime.Targets;

/// <summary>Brings events to the target: works out the calls, makes those that the target wants, and says how far it came.</summary>
internal sealed class TargetCaller(IClientTarget target, ResiliencePipeline pipeline, EntryLookup entries, CallJournal journal, ClientTelemetry telemetry, TimeProvider time)
{
    private readonly Dictionary<(string, TargetChangeKind), bool> _wanted = [];

    /// <summary>What came of the calls since the last commit.</summary>
    public CallJournal Journal => journal;

    /// <summary>
    /// Whether the target wants anything of a type, so that events of it must be announced in the state before they are delivered.
    /// </summary>
    public bool WantsAny(string type) => Enum.GetValues<TargetChangeKind>().Any(kind => Wants(type, kind));

    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        // Asked here, once, so that handlers running at the same time only read the answers.
        foreach (var type in types)
            WantsAny(type.Name);
        return target.StartAsync(types, cancellationToken);
    }

    public ValueTask SavedAsync(CancellationToken cancellationToken) => target.SavedAsync(cancellationToken);

    /// <summary>Applies an event. What an earlier process wrote down of its calls is taken as if it had just come, and what it did is not done again.</summary>
    /// <param name="event">The event; its local entry is computed.</param>
    /// <param name="before">What the state has of the entry.</param>
    /// <param name="id">Names the event in the journal.</param>
    /// <param name="earlier">What was tried before.</param>
    /// <param name="isRedelivery">Whether it may have been applied before.</param>
    /// <param name="trace">The trace that the calls belong to; if none is named, the one that is open.</param>
    /// <param name="cancellationToken">The client stops: the attempt does not count.</param>
    public async ValueTask<CallOutcome> ApplyAsync(
        LocalEvent @event, StoredEntry before, CallId id, AttemptLog earlier, bool isRedelivery, ActivityContext trace, CancellationToken cancellationToken)
    {
        var (applied, link) = (before.Applied, before.Link);
        var (attempt, content) = (earlier.Count, ContentHash.Of(@event));
        var known = isRedelivery && journal.TryTake(id, attempt, content, out var taken) ? taken : null;
        var done = 0;
        foreach (var call in ChangePlan.For(applied, @event))
        {
            if (known is not null && done == known.Done)
            {
                link = known.Link;
                if (known.Failure is not null)
                    return new CallOutcome(applied, link, known.Failure);
                known = null;
            }

            done++;
            if (known is not null)
            {
                (applied, link, earlier) = (call.After, known.Link, AttemptLog.None);
                continue;
            }

            if (Wants(@event.Type, call.Change.Kind))
            {
                var context = new HandlerContext(entries, @event.Id, link, earlier, isRedelivery);
                var failure = await CallAsync(@event, call.Change, context, trace, cancellationToken);
                link = context.Link;
                journal.Append(new JournaledCall(id, attempt, content, failure is null ? done : done - 1, link, failure));
                if (failure is not null)
                    return new CallOutcome(applied, link, failure);
            }

            applied = call.After;
            earlier = AttemptLog.None;
        }

        // What was removed has no object any more.
        return new CallOutcome(applied, applied is null ? null : link, null);
    }

    private async ValueTask<AttemptLog?> CallAsync(
        LocalEvent @event, TargetChange change, HandlerContext context, ActivityContext trace, CancellationToken cancellationToken)
    {
        using var call = telemetry.StartCall(change, trace);
        try
        {
            await pipeline.ExecuteAsync(
                static (state, token) =>
                {
                    state.context.BeginAttempt();
                    return state.target.ApplyAsync(state.change, state.context, token);
                },
                (target, change, context),
                cancellationToken);
            call.Succeeded();
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // Whatever a target throws, its event waits in the error queue with the message; the work goes on.
            var message = exception is TimeoutRejectedException
                ? "The target did not answer within its time limit."
                : SecretScrubber.Clean(exception.Message, @event.Secrets);
            call.Failed(message);
            return context.Failed(time.GetUtcNow(), message);
        }
    }

    private bool Wants(string type, TargetChangeKind kind)
    {
        if (_wanted.TryGetValue((type, kind), out var wanted))
            return wanted;
        return _wanted[(type, kind)] = target.Handles(type, kind);
    }
}
