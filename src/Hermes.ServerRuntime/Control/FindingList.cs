using System.Collections.Immutable;
using System.Globalization;
using Hermes.Diff.Polling;
using Hermes.Runtime.Lists;

namespace Hermes.ServerRuntime.Control;

/// <summary>What the last poll found, as a list: by type, kind, key and source, so that a place in it means the same after another poll.</summary>
internal static class FindingList
{
    public static ListRules Rules { get; } = new("The list of findings", ListFields.Type | ListFields.Key | ListFields.Text) { Kinds = Enum.GetNames<EntryFindingKind>() };

    /// <summary>How many are meant; of each kind and type, <see cref="IssueList.Most"/> are named at most.</summary>
    public static long Count(PollReport? report, ListFilter filter) => filter is { Key: null, KeyPrefix: null, Text: null }
        ? report?.Types.Where(type => filter.Holds(type.Type.Name)).SelectMany(Lists).Where(list => filter.HoldsKind(list.Kind)).Sum(list => (long)list.Issues.Count) ?? 0
        : Find(report, filter, null, int.MaxValue).Rows.Count;

    public static Stretch<EntryFinding> Find(PollReport? report, ListFilter filter, string? place, int room)
    {
        var meant =
            from type in report?.Types ?? ImmutableArray<TypeReport>.Empty
            where filter.Holds(type.Type.Name)
            from list in Lists(type)
            where filter.HoldsKind(list.Kind)
            from issue in list.Issues.First
            where filter.Holds(issue.Key) && filter.HoldsText(issue.Problem)
            let at = PlaceOf(type, list.Kind, issue)
            where place is null || string.CompareOrdinal(at, place) > 0
            select (At: at, Finding: new EntryFinding(type.Type.Name, list.Kind, issue.Key, issue.Source, issue.Attributes.IsDefault ? [] : issue.Attributes, issue.Problem));
        var sorted = meant.OrderBy(item => item.At, StringComparer.Ordinal).Take(room == int.MaxValue ? room : room + 1).ToList();
        return sorted.Count > room
            ? new([.. sorted.Take(room).Select(item => item.Finding)], sorted[room - 1].At)
            : new([.. sorted.Select(item => item.Finding)], null);
    }

    private static string PlaceOf(TypeReport type, EntryFindingKind kind, EntryIssue issue) =>
        string.Create(CultureInfo.InvariantCulture, $"{type.Type.Index:D6} {(int)kind} {issue.Key}\n{issue.Source}");

    private static (EntryFindingKind Kind, IssueList Issues)[] Lists(TypeReport type) =>
    [
        (EntryFindingKind.BadRow, type.BadRows),
        (EntryFindingKind.Inconsistency, type.Inconsistencies),
        (EntryFindingKind.Conflict, type.Conflicts),
        (EntryFindingKind.MergeFiltered, type.MergeFiltered),
        (EntryFindingKind.IntegrityFiltered, type.IntegrityFiltered),
    ];
}
