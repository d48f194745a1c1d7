using System.Collections.Immutable;
using System.Diagnostics;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.References;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;
using Polly;
using Polly.Timeout;

namespace Hermes.ClientRuntime.Targets;

/// <summary>Brings events to the target: works out the calls, makes those that the target wants, and says how far it came.</summary>
internal sealed class TargetCaller(
    string client,
    IClientTarget target,
    ResiliencePipeline pipeline,
    bool recreates,
    CreateOnly createOnly,
    EntryLookup entries, CallJournal journal, ClientTelemetry telemetry, TimeProvider time)
{
    private readonly Dictionary<(string, TargetChangeKind), bool> _wanted = [];
    private Dictionary<string, ImmutableArray<string>> _attributes = [];
    private readonly ReferenceResolution _references = new(entries);

    /// <summary>The attributes that local types had when events were made whose outcome is not known, and have no more.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Retired { get; set; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>What came of the calls since the last commit.</summary>
    public CallJournal Journal => journal;

    /// <summary>The target as one that can be read back; null if it cannot.</summary>
    public IReadableTarget? Readable { get; } = target as IReadableTarget;

    /// <summary>
    /// Whether the target wants anything of a type, so that events of it must be announced in the state before they are delivered.
    /// </summary>
    public bool WantsAny(string type) => Enum.GetValues<TargetChangeKind>().Any(kind => Wants(type, kind));

    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        // Asked here, once, so that handlers running at the same time only read the answers.
        foreach (var type in types)
            WantsAny(type.Name);
        _attributes = types.ToDictionary(
            type => type.Name, type => type.Attributes.RemoveRange(type.SecretAttributes, StringComparer.Ordinal), StringComparer.Ordinal);
        return target.StartAsync(types, cancellationToken);
    }

    /// <summary>Tells of entries that got other keys.</summary>
    public ValueTask RekeyedAsync(TargetType type, IReadOnlyList<EntryRekeyed> entries, CancellationToken cancellationToken) => pipeline.ExecuteAsync(
        static (call, token) => call.target.RekeyedAsync(call.type, call.entries, token), (target, type, entries), cancellationToken);

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
        LocalEvent resolved;
        EntryView? has;
        try
        {
            resolved = await _references.ResolveAsync(@event, cancellationToken);
            has = await _references.ResolveAsync(@event.Type, before.Applied, cancellationToken);
        }
        catch (FormatException exception)
        {
            var context = new HandlerContext(entries, client, @event, default, before.Link, earlier, isRedelivery);
            context.BeginAttempt();
            return new CallOutcome(before.Applied, before.Link, context.Failed(time.GetUtcNow(), exception.Message, null, MessagePattern.CauseOf(exception.Message, @event)));
        }

        var plan = ChangePlan.For(has, resolved, DoubtAbout(@event.Type, earlier, isRedelivery));
        var calls = new EventCalls(resolved, PresenceOf.View(has), plan, id, earlier, isRedelivery, trace);
        var outcome = await ApplyAsync(calls, Resume(calls, before), cancellationToken);
        if (outcome.WasMissing)
        {
            // Made anew, and not written down: after a kill the object is missed, and looked for, once more.
            var anew = calls with { Plan = ChangePlan.For(null, resolved), Id = null };
            return await ApplyAsync(anew, new CallProgress(null, null, AttemptLog.None, 0, null), cancellationToken) with { WasMissing = true };
        }

        return outcome is { IsApplied: true, Applied: { IsTrashed: false } applied } && !earlier.CompletedSteps.IsEmpty
            ? outcome with { Applied = _references.CertainOf(@event.Type, before.Applied, applied) }
            : outcome;
    }

    /// <summary>Lets the object of an entry step aside for another one.</summary>
    /// <returns>Whether it did; and why not, if it could not.</returns>
    public async ValueTask<(bool IsDone, string? Fault)> StepAsideAsync(EntryId holder, CancellationToken cancellationToken)
    {
        try
        {
            return (await entries.FindLinkAsync(holder, cancellationToken) is { } link
                && await pipeline.ExecuteAsync(token => target.StepAsideAsync(holder, link, token), cancellationToken), null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, exception.Message);
        }
    }

    private PlanDoubt DoubtAbout(string type, AttemptLog earlier, bool isRedelivery)
    {
        var retired = isRedelivery ? Retired.GetValueOrDefault(type, []) : [];
        return new PlanDoubt(earlier.WasBrokenOff ? _attributes.GetValueOrDefault(type, []).AddRange(retired) : null, retired);
    }

    /// <summary>Has an object trashed or removed that is no entry's.</summary>
    public async ValueTask RetireAsync(TargetChange change, string remoteType, string link, CancellationToken cancellationToken)
    {
        var @event = new LocalEvent(change.Type, change.Key, LocalEventKind.Removed, remoteType, null, null, EventSecrets.None);
        var context = new HandlerContext(entries, client, @event, change.Kind, link, AttemptLog.None, isRedelivery: false);
        await pipeline.ExecuteAsync(
            static (call, token) =>
            {
                call.context.BeginAttempt();
                return call.target.ApplyAsync(call.change, call.context, token);
            },
            (target, change, context),
            cancellationToken);
    }

    // How far an earlier process came, as it wrote down.
    private CallProgress Resume(EventCalls calls, StoredEntry before)
    {
        var start = new CallProgress(before.Applied, before.Link, calls.Earlier, 0, null);
        if (!calls.IsRedelivery || calls.Id is not { } id)
            return start;
        if (!journal.TryTake(id, calls.Earlier.Count, calls.Has, calls.Event, out var known))
        {
            if (calls.Earlier.WasBrokenOff && calls.Plan is [.., var last] && journal.FindDone(calls.Has, calls.Event, calls.Plan.Count) is { } done)
                return new CallProgress(last.After, done.Link, AttemptLog.None, done.Done, null);
            return journal.IsOvertaken(id, calls.Event.Id)
                ? start with { Earlier = calls.Earlier with { CompletedSteps = [], IsPartiallyProcessed = false } }
                : start;
        }

        return known.Done == 0
            ? start with { Link = known.Link, Failure = known.Failure }
            : new CallProgress(calls.Plan[known.Done - 1].After, known.Link, AttemptLog.None, known.Done, known.Failure);
    }

    private async ValueTask<CallOutcome> ApplyAsync(EventCalls calls, CallProgress progress, CancellationToken cancellationToken)
    {
        var @event = calls.Event;
        var (applied, link, earlier, done, failure) = progress;
        if (failure is not null)
            return new CallOutcome(applied, link, failure);
        while (done < calls.Plan.Count)
        {
            var call = calls.Plan[done++];
            if (Wants(@event.Type, call.Change.Kind) && createOnly.Of(call.Change) is { } change)
            {
                var context = new HandlerContext(entries, client, @event, change.Kind, link, earlier, calls.IsRedelivery);
                failure = await CallAsync(@event, change, context, calls.Trace, cancellationToken);
                link = context.Link;
                if (context.IsMissing)
                    return new CallOutcome(applied, link, failure) { WasMissing = true };
                if (calls.Id is { } id)
                    journal.Append(id, calls.Earlier.Count, calls.Has, @event, failure is null ? done : done - 1, link, failure);
                if (failure is not null)
                    return new CallOutcome(applied, link, failure);
            }

            (applied, earlier) = (call.After, AttemptLog.None);
        }

        // What was removed has no object any more.
        return new CallOutcome(applied, applied is null ? null : link ?? LinkOf(@event.Id), null);
    }

    /// <summary>The link that follows from the key of an entry; null if its link is one that the target sets.</summary>
    public string? LinkOf(EntryId id) => Readable is { } readable && readable.CanRead(id.Type) ? readable.LinkOf(id.Type, id.Key) : null;

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
            context.IsMissing = exception is TargetMissingException && recreates;
            var holder = exception is TargetConflictException { Holder: { } link } ? await entries.FindOwnerAsync(link, CancellationToken.None) : null;
            var cause = new FailureCause(exception.GetType().Name, context.FailedStep, MessagePattern.Of(message, @event));
            return context.Failed(time.GetUtcNow(), message, holder == @event.Id ? null : holder, cause);
        }
    }

    // Without an id, nothing is written down.
    private readonly record struct EventCalls(
        LocalEvent Event, Presence Has, IReadOnlyList<PlannedCall> Plan, CallId? Id, AttemptLog Earlier, bool IsRedelivery, ActivityContext Trace);

    private readonly record struct CallProgress(EntryView? Applied, string? Link, AttemptLog Earlier, int Done, AttemptLog? Failure);

    private bool Wants(string type, TargetChangeKind kind)
    {
        if (_wanted.TryGetValue((type, kind), out var wanted))
            return wanted;
        return _wanted[(type, kind)] = target.Handles(type, kind);
    }
}
