using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>What a poll found, in numbers and keys.</summary>
/// <param name="Types">One report per type, in declaration order.</param>
internal sealed record PollReport(ImmutableArray<TypeReport> Types);

/// <summary>What a poll found of one type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Cached">How many entries were cached before the poll.</param>
/// <param name="Rows">How many rows the sources returned.</param>
/// <param name="Entries">How many entries there are after the poll.</param>
/// <param name="Added">How many of them were not cached.</param>
/// <param name="Modified">How many differ in what is sent.</param>
/// <param name="Refreshed">How many differ only in what is cached.</param>
/// <param name="Removed">How many cached entries are gone.</param>
/// <param name="BadRows">Entries whose rows could not be mapped and that stay as they are cached. An error of the data.</param>
/// <param name="Inconsistencies">Keys that stand twice in a source. An error of the data.</param>
/// <param name="Conflicts">Entries whose sources contradict each other. An error of the data.</param>
/// <param name="MergeFiltered">Entries of one source that a key merge constraint or a merge constraint dropped.</param>
/// <param name="IntegrityFiltered">Entries that an integrity constraint dropped.</param>
internal sealed record TypeReport(
    DataType Type,
    int Cached,
    long Rows,
    int Entries,
    int Added,
    int Modified,
    int Refreshed,
    int Removed,
    IssueList BadRows,
    IssueList Inconsistencies,
    IssueList Conflicts,
    IssueList MergeFiltered,
    IssueList IntegrityFiltered);

/// <summary>The entries that something is the matter with.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="First">The first <see cref="Most"/> of them.</param>
internal sealed record IssueList(int Count, ImmutableArray<EntryIssue> First)
{
    /// <summary>How many entries a list names at most.</summary>
    public const int Most = 10_000;
}

/// <summary>An entry that something is the matter with.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Source">The source that it is about, or null if it is about all.</param>
/// <param name="Attributes">The attributes that are in conflict, or could not be computed.</param>
/// <param name="Problem">What is wrong, where that is not the same for all; never a value.</param>
internal sealed record EntryIssue(EntryKey Key, string? Source, ImmutableArray<string> Attributes, string? Problem);
