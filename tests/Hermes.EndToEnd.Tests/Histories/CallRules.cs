using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>Which calls are permitted, whatever happened before. Each rule yields a sentence about what breaks it.</summary>
/// <param name="isUser">Whether the source had a user when the server polled last.</param>
internal sealed class CallRules(Func<EntryKey, bool> isUser)
{
    private readonly Dictionary<(string Type, EntryKey Key), Unfinished> _unfinished = [];

    // A parent may have left then before a child that waits in the queue comes; but the child never comes first.
    private bool _wasEverDisabled;

    /// <summary>The entries of which an event was discarded: nobody knows any more whether the target has them.</summary>
    public HashSet<(string Type, EntryKey Key)> Discarded { get; } = [];

    /// <summary>Whether steps that prepare may run again: events were merged, discarded, or made anew for a type that was dropped and came back.</summary>
    public bool MayForgetPreparation { get; set; }

    /// <summary>Whether the power was cut: what comes again then may be of a time before what the target has.</summary>
    public bool WasPowerCut { get; set; }

    /// <summary>Whether the client once had no accounts.</summary>
    public bool WereAccountsDropped { get; set; }

    public IEnumerable<string> Begin(TargetChange change, TargetContext context, TargetContent content, HistorySettings settings)
    {
        _wasEverDisabled |= settings.ForeignKeys == ForeignKeyPolicy.Disabled;
        var id = (change.Type, change.Key);
        var call = $"{change.Kind} {change.Type}[{change.Key}]";
        var last = _unfinished.GetValueOrDefault(id);
        if (last is { Died: true } && !context.IsRedelivery)
            yield return $"{call}: the process died in the call before, and this one is not marked as a redelivery";

        // What was begun of an account, or its removal when accounts were dropped, is finished or taken back when they are there again.
        var wasDropped = WereAccountsDropped && change is EntryRemoved { Type: "Accounts" } && last is { HasWritten: true } or { Kind: TargetChangeKind.Removed };
        if (last is not null && last.HasWritten && !context.IsRedelivery && last.Kind != change.Kind && !wasDropped && !IsOfDroppedType(change, settings))
            yield return $"{call}: follows a {last.Kind} that was partially processed and not finished";
        var isFirst = last is not { HasWritten: true } && !context.IsRedelivery;
        var now = last is null || (last.Kind != change.Kind && !context.IsRedelivery) ? new Unfinished(change.Kind) : last;
        (now.Kind, now.IsMarked, now.Died) = (change.Kind, context.IsRedelivery, false);
        _unfinished[id] = now;
        var isLate = WasPowerCut && context.IsRedelivery;
        foreach (var violation in Fit(change, content, isFirst, isLate).Concat(wasDropped ? [] : Order(change, content, settings)))
            yield return $"{call}{(context.IsRedelivery ? " again" : "")}: {violation}";
    }

    public IEnumerable<string> Step(TargetChange change, string step)
    {
        // A merged event begins anew, which only an event without a step that changed the target may.
        var call = _unfinished[(change.Type, change.Key)];
        var isNew = call.Completed.Add(step);
        if (!isNew && !call.IsMarked && (step != "look" || !MayForgetPreparation))
            yield return $"{change.Kind} {change.Type}[{change.Key}]: the completed step '{step}' ran again without the mark of a redelivery";
    }

    public void Succeeded(TargetChange change) => _unfinished.Remove((change.Type, change.Key));

    public void Died(TargetChange change) => _unfinished[(change.Type, change.Key)].Died = true;

    // What the client says of an entry is what the target has, unless it was interrupted in between.
    private static IEnumerable<string> Fit(TargetChange change, TargetContent content, bool isFirst, bool isLate)
    {
        var id = (change.Type, change.Key);
        var live = content.Live.GetValueOrDefault(id);
        var trashed = content.Trashed.GetValueOrDefault(id);
        var complaint = change switch
        {
            EntryAdded when isFirst && (live ?? trashed) is not null => "the target has it already",
            EntryRecycled recycled when isFirst && !recycled.Entry.Equals(trashed) => "the trashbin of the target does not have it so",
            EntryModified modified when (live is null && !isLate) || (isFirst && !modified.Previous.Equals(live)) => "the target does not have it as the call says it was",
            EntryTrashed trash when isFirst && !trash.Entry.Equals(live) => "the target does not have it as the call says it was",
            EntryRemoved removed when isFirst && !removed.Previous.Equals(live ?? trashed) => "the target does not have it as the call says it was",
            _ => null,
        };
        if (change is EntryModified { Changes: var changes } whole && !changes.ApplyTo(whole.Previous).Equals(whole.Entry))
            complaint = "what changed does not make the entry that it is now of the one before";
        return complaint is null ? [] : [complaint];
    }

    private IEnumerable<string> Order(TargetChange change, TargetContent content, HistorySettings settings) => change switch
    {
        EntryAdded or EntryRecycled => ParentsOf(change, settings)
            // A user who has gone gets no account any more, though the addition of a membership may wait still, and its removal behind it.
            .Where(parent => parent.Type != "Accounts" || isUser(parent.Key))
            .Where(parent => !Discarded.Contains(parent))
            .Where(parent => _wasEverDisabled ? !content.Known.Contains(parent) : !content.Live.ContainsKey(parent))
            .Select(parent => $"its parent {parent.Type}[{parent.Key}] is not there"),
        EntryTrashed when settings.ForeignKeys != ForeignKeyPolicy.Disabled => ChildrenOf(change, content.Live.Keys)
            .Select(child => $"its child {child.Type}[{child.Key}] is still there"),
        EntryRemoved when IsOfDroppedType(change, settings) => [],
        EntryRemoved when settings.ForeignKeys != ForeignKeyPolicy.Disabled => ChildrenOf(change, content.Live.Keys.Concat(content.Trashed.Keys))
            .Select(child => $"its child {child.Type}[{child.Key}] is still there or in the trashbin"),
        _ => [],
    };

    private static IEnumerable<(string Type, EntryKey Key)> ParentsOf(TargetChange change, HistorySettings settings)
    {
        if (change.Type != "Members")
            return [];
        var (user, group) = (EntryKey.Of(change.Key[0]), EntryKey.Of(change.Key[1]));
        return settings.Naming == Naming.FirstLast ? [("Users", user), ("Accounts", user), ("Groups", group)] : [("Users", user), ("Groups", group)];
    }

    // The client's administrator took it away, whatever refers to it.
    private static bool IsOfDroppedType(TargetChange change, HistorySettings settings) => change.Type == "Accounts" && settings.Naming == Naming.LastFirst;

    private IEnumerable<(string Type, EntryKey Key)> ChildrenOf(TargetChange change, IEnumerable<(string Type, EntryKey Key)> entries) =>
        ReferringTo(change, entries).Where(child => !Discarded.Contains(child));

    private static IEnumerable<(string Type, EntryKey Key)> ReferringTo(TargetChange change, IEnumerable<(string Type, EntryKey Key)> entries) => change.Type switch
    {
        "Users" or "Accounts" => entries.Where(entry => entry.Type == "Members" && EntryKey.Of(entry.Key[0]) == change.Key),
        "Groups" => entries.Where(entry => entry.Type == "Members" && EntryKey.Of(entry.Key[1]) == change.Key),
        _ => [],
    };

    private sealed class Unfinished(TargetChangeKind kind)
    {
        public TargetChangeKind Kind { get; set; } = kind;

        public bool IsMarked { get; set; }

        public HashSet<string> Completed { get; } = [];

        public bool HasWritten => Completed.Contains("write");

        public bool Died { get; set; }
    }
}
