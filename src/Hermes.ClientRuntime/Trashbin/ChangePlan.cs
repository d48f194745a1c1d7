using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.Diff.Diffing;

namespace Hermes.ClientRuntime.Trashbin;

/// <summary>
/// The one table that says which handlers are called: by where the target has the entry, and where the event puts it.
/// </summary>
internal static class ChangePlan
{
    /// <summary>The kinds of call, in order. A modified call falls away if nothing differs.</summary>
    public static ReadOnlySpan<TargetChangeKind> Kinds(Presence has, Presence to) => (has, to) switch
    {
        (Presence.Absent, Presence.Live) => [TargetChangeKind.Added],
        (Presence.Live, Presence.Live) => [TargetChangeKind.Modified],
        (Presence.Live, Presence.Trashed) => [TargetChangeKind.Trashed],
        (Presence.Live, Presence.Absent) => [TargetChangeKind.Removed],
        (Presence.Trashed, Presence.Live) => [TargetChangeKind.Recycled, TargetChangeKind.Modified],
        (Presence.Trashed, Presence.Absent) => [TargetChangeKind.Removed],

        // What changes in the trashbin is told when the entry comes back; what the target never had need not leave it.
        (Presence.Trashed, Presence.Trashed) => [],
        (Presence.Absent, Presence.Trashed) => [],
        _ => [],
    };

    /// <summary>The event kind that a transition is, or null if nothing is to be delivered.</summary>
    public static LocalEventKind? EventKind(EntryView? has, EntryView? to, EventSecrets secrets) => (PresenceOf.View(has), PresenceOf.View(to)) switch
    {
        (Presence.Absent or Presence.Trashed, Presence.Live) => LocalEventKind.Added,
        (Presence.Live, Presence.Live) => secrets.Local.IsEmpty && has!.Entry.Equals(to!.Entry) ? null : LocalEventKind.Modified,
        (Presence.Live, Presence.Trashed or Presence.Absent) or (Presence.Trashed, Presence.Absent) => LocalEventKind.Removed,
        _ => null,
    };

    /// <summary>The event kind of what keeps an entry live or brings it to life, but could not be computed yet.</summary>
    public static LocalEventKind FaultyKind(EntryView? has) => PresenceOf.View(has) == Presence.Live ? LocalEventKind.Modified : LocalEventKind.Added;

    /// <summary>The calls that bring the target from what it has to what an event says.</summary>
    /// <param name="has">The entry as the target has it.</param>
    /// <param name="event">The event.</param>
    /// <param name="doubt">What may have come to the target besides what it is known to have.</param>
    public static IReadOnlyList<PlannedCall> For(EntryView? has, LocalEvent @event, PlanDoubt doubt = default)
    {
        var kinds = Kinds(PresenceOf.View(has), PresenceOf.View(@event.Local));
        var calls = new List<PlannedCall>(kinds.Length);
        var at = has;
        foreach (var kind in kinds)
        {
            if (Call(kind, at, @event, doubt.All) is not { } call)
                continue;
            calls.Add(call);
            at = call.After;
            if (kind == TargetChangeKind.Added && !doubt.Retired.IsDefaultOrEmpty)
                calls.Add(Without(doubt.Retired, @event, at!));
        }

        return calls;
    }

    private static PlannedCall? Call(TargetChangeKind kind, EntryView? has, LocalEvent @event, ImmutableArray<string>? all)
    {
        var (id, to, secrets) = (@event.Id, @event.Local, @event.Secrets.Local);
        switch (kind)
        {
            case TargetChangeKind.Added:
                return new(new EntryAdded(id.Type, id.Key, secrets.Over(to!.Entry)), to);
            case TargetChangeKind.Recycled:
                return new(new EntryRecycled(id.Type, id.Key, has!.Entry) { Becomes = to!.Entry }, new EntryView(has.Entry));
            case TargetChangeKind.Modified:
                var between = AttributeDiff.Between(has!.Entry, to!.Entry);
                var changes = WithSecrets(AddedAgain(all is { } names ? Whole(between, to.Entry, names) : between, to.Entry, @event.AddedAgain), secrets);
                return changes.IsEmpty ? null : new(new EntryModified(id.Type, id.Key, secrets.Over(to.Entry), has.Entry, changes), to);
            case TargetChangeKind.Trashed:
                // The target gets the entry as it has it: changes that came along are told when the entry is recycled.
                return new(new EntryTrashed(id.Type, id.Key, has!.Entry), has with { TrashedSince = to!.TrashedSince });
            case TargetChangeKind.Removed:
                return new(new EntryRemoved(id.Type, id.Key, has!.Entry), null);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    // An addition says nothing of attributes that the type has no more.
    private static PlannedCall Without(ImmutableArray<string> retired, LocalEvent @event, EntryView added) => new(
        new EntryModified(
            @event.Type, @event.Key, @event.Secrets.Local.Over(added.Entry), added.Entry, new AttributeChanges(Entry.Empty, Entry.Empty, retired)),
        added);

    // Whatever the target has of the entry, this makes the same of it.
    private static AttributeChanges Whole(AttributeChanges changes, Entry to, ImmutableArray<string> names) => new(
        changes.Added,
        Entry.Create(to.Where(attribute => !changes.Added.ContainsKey(attribute.Key))),
        [.. changes.Removed.Union(names.Where(name => !to.ContainsKey(name))).Order(StringComparer.Ordinal)]);

    private static AttributeChanges AddedAgain(AttributeChanges changes, Entry to, ImmutableArray<string> names) => names.IsEmpty
        ? changes
        : changes with
        {
            Added = Entry.Create(changes.Added.Concat(to.Where(attribute => names.Contains(attribute.Key) && !changes.Added.ContainsKey(attribute.Key)))),
            Modified = Entry.Create(changes.Modified.Where(attribute => !names.Contains(attribute.Key))),
        };

    // A secret is in no view, so the difference of the views never names it.
    private static AttributeChanges WithSecrets(AttributeChanges changes, AttributeChanges secrets) => secrets.IsEmpty
        ? changes
        : new AttributeChanges(
            secrets.Added.Count == 0 ? changes.Added : Entry.Create(changes.Added.Concat(secrets.Added)),
            secrets.Modified.Count == 0 ? changes.Modified : Entry.Create(changes.Modified.Concat(secrets.Modified)),
            [.. changes.Removed.Concat(secrets.Removed).Order(StringComparer.Ordinal)]);
}

/// <summary>What may have come to the target besides what it is known to have.</summary>
/// <param name="All">
/// The attributes of the type, where the target may have got something else than is known: a modification then tells of all of them. Null where it is known what it has.
/// </param>
/// <param name="Retired">The attributes that the type has no more, but the target may have got with an addition.</param>
internal readonly record struct PlanDoubt(ImmutableArray<string>? All, ImmutableArray<string> Retired);

/// <summary>One call of a target.</summary>
/// <param name="Change">What it is given.</param>
/// <param name="After">The entry as the target has it when the call has succeeded.</param>
internal readonly record struct PlannedCall(TargetChange Change, EntryView? After);
