using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>What becomes of the last queued event of an entry and the one that comes after it.</summary>
internal abstract record RemediationOutcome
{
    private RemediationOutcome()
    {
    }

    /// <summary>Both stay, one after the other.</summary>
    public sealed record KeepBoth : RemediationOutcome;

    /// <summary>One event stands for both.</summary>
    /// <param name="Event">The event.</param>
    /// <param name="Has">The entry before both: as the target has it, or may have it after a call that was broken off.</param>
    public sealed record Merge(LocalEvent Event, EntryView? Has) : RemediationOutcome;

    /// <summary>Together they change nothing.</summary>
    public sealed record Vanish : RemediationOutcome;
}

/// <summary>
/// Merges events that wait in the error queue. Pure. Since an event holds the entry after it, merging two is leaving out the first; what is
/// left to say is the kind, the secrets that the first one carries, what was removed and added again, and when both together are nothing.
/// </summary>
internal static class Remediation
{
    private static readonly RemediationOutcome Both = new RemediationOutcome.KeepBoth();
    private static readonly RemediationOutcome Nothing = new RemediationOutcome.Vanish();

    /// <summary>Decides about two events of one entry.</summary>
    /// <param name="policy">The policy in force.</param>
    /// <param name="last">The last queued event of the entry.</param>
    /// <param name="next">The event that follows it.</param>
    /// <param name="before">The entry before <paramref name="last"/>: as the target has it, with the earlier queued events applied.</param>
    public static RemediationOutcome Decide(RemediationPolicy policy, QueuedEvent last, LocalEvent next, EntryView? before)
    {
        // What a call in flight does is not known yet: it is decided when that has an outcome.
        if (policy == RemediationPolicy.Disabled || last.Attempts.IsPartiallyProcessed || last.Attempts.IsInFlight)
            return Both;
        if (last.Event.Fault is not null || next.Fault is not null)
            return last.Event.Fault is not null && next.Fault is not null && !last.Attempts.WasBrokenOff ? Unconverted(policy, last.Event, next, before) : Both;
        if (last.Attempts.WasBrokenOff)
            return AfterBrokenOff(policy, last.Event, next, before);

        return (last.Event.Kind, next.Kind, policy) switch
        {
            (LocalEventKind.Added, LocalEventKind.Modified, _) => Merged(last.Event, next with { Kind = LocalEventKind.Added }, before),
            (LocalEventKind.Modified, LocalEventKind.Modified, _) => Merged(last.Event, next with { AddedAgain = AddedAgain(last.Event, next, before) }, before),
            (LocalEventKind.Added, LocalEventKind.Removed, RemediationPolicy.Maximum) => AddedAndRemoved(next, before),
            (LocalEventKind.Modified, LocalEventKind.Removed, RemediationPolicy.Maximum) => new RemediationOutcome.Merge(next, before),
            (LocalEventKind.Removed, LocalEventKind.Added, RemediationPolicy.Maximum) => RemovedAndAdded(next, before),

            // Removed twice is trashed, then purged: two things to tell the target. The other pairs cannot follow each other.
            _ => Both,
        };
    }

    // The target may have the change of the last one, or part of it. Nothing vanishes then: what may be there is taken back.
    private static RemediationOutcome AfterBrokenOff(RemediationPolicy policy, LocalEvent last, LocalEvent next, EntryView? before) => (last.Kind, next.Kind, policy) switch
    {
        (LocalEventKind.Added, LocalEventKind.Modified, _) when before is null => Merged(last, next with { Kind = LocalEventKind.Added }, before),
        (LocalEventKind.Modified, LocalEventKind.Modified, _) when before is not null && last.Local is not null && next.Local is not null => Merged(
            last, next with { AddedAgain = AddedAgain(last, next, before) }, BrokenOff.MayHave(before, last.Local.Entry, next.Local.Entry)),
        (LocalEventKind.Added, LocalEventKind.Removed, RemediationPolicy.Maximum) => new RemediationOutcome.Merge(next, last.Local),
        (LocalEventKind.Modified, LocalEventKind.Removed, RemediationPolicy.Maximum) => new RemediationOutcome.Merge(next, before),

        // Whether it is gone, or there as it was or as it is to be: it is added where it is missing, and gets all values where it is not. What lies in a trashbin
        // has to leave that.
        (LocalEventKind.Removed, LocalEventKind.Added, RemediationPolicy.Maximum) when last.Local is null && before is { IsTrashed: false } =>
            new RemediationOutcome.Merge(next, null),
        _ => Both,
    };

    // Neither was ever with the target. What they are together is converted from the newest content.
    private static RemediationOutcome Unconverted(RemediationPolicy policy, LocalEvent last, LocalEvent next, EntryView? before)
    {
        var both = next with { RemoteBefore = last.RemoteBefore, Fault = last.Fault };
        return (last.Kind, next.Kind, policy) switch
        {
            // Behind an addition that could not be converted there is nothing to modify: what follows is called an addition too.
            (LocalEventKind.Added, LocalEventKind.Added, _) or (LocalEventKind.Added or LocalEventKind.Modified, LocalEventKind.Modified, _) =>
                Merged(last, both with { Kind = last.Kind }, before),
            (LocalEventKind.Added, LocalEventKind.Removed, RemediationPolicy.Maximum) when before is null => Nothing,
            (LocalEventKind.Modified, LocalEventKind.Removed, RemediationPolicy.Maximum) => new RemediationOutcome.Merge(both, before),
            _ => Both,
        };
    }

    private static RemediationOutcome.Merge Merged(LocalEvent last, LocalEvent next, EntryView? has) => new(
        next with
        {
            Secrets = new EventSecrets(last.Secrets.Remote.Then(next.Secrets.Remote), last.Secrets.Local.Then(next.Secrets.Local)),
        },
        has);

    // Attribute by attribute, the difference to what the target has says what two modifications are together: added then modified is added, modified then removed
    // is removed, added then removed is nothing. It cannot say of an attribute that was removed and then added that it is added, since the target still has it.
    private static ImmutableArray<string> AddedAgain(LocalEvent last, LocalEvent next, EntryView? before) => before is null || last.Local is null || next.Local is null
        ? []
        : [.. next.Local.Entry.Keys.Where(name => before.Entry.ContainsKey(name) && (!last.Local.Entry.ContainsKey(name) || last.AddedAgain.Contains(name)))];

    // Usually nothing; but an entry recycled from the trashbin and then removed for good is still there, and one whose recycling was done before its modification
    // failed has to go again.
    private static RemediationOutcome AddedAndRemoved(LocalEvent next, EntryView? before) =>
        ChangePlan.EventKind(before, next.Local, next.Secrets) is null ? Nothing : new RemediationOutcome.Merge(next, before);

    private static RemediationOutcome RemovedAndAdded(LocalEvent next, EntryView? before) =>
        ChangePlan.EventKind(before, next.Local, next.Secrets) is { } kind ? new RemediationOutcome.Merge(next with { Kind = kind }, before) : Nothing;
}

/// <summary>What a call that was broken off may have left in the target. Pure.</summary>
internal static class BrokenOff
{
    /// <summary>
    /// An entry as the target may have it after a modification that was broken off. An attribute to which that gave another value than it is to have now is taken to have
    /// that value, so that the target is told of it in any case; any other is taken to be as it was before.
    /// </summary>
    /// <param name="before">The entry before the modification.</param>
    /// <param name="brokenOff">What the modification made of it.</param>
    /// <param name="next">What it is to be now.</param>
    public static EntryView MayHave(EntryView before, Entry brokenOff, Entry next)
    {
        var doubtful = brokenOff.Keys.Union(next.Keys, StringComparer.Ordinal).Where(name => brokenOff.Get(name) != next.Get(name)).ToHashSet(StringComparer.Ordinal);
        return doubtful.Count == 0
            ? before
            : before with
            {
                Entry = Entry.Create(before.Entry.Where(attribute => !doubtful.Contains(attribute.Key)).Concat(brokenOff.Where(attribute => doubtful.Contains(attribute.Key)))),
            };
    }
}
