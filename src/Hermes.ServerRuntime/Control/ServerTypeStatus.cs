using System.Collections.Immutable;
using Hermes.ServerRuntime.Guard;

namespace Hermes.ServerRuntime.Control;

/// <summary>What a server knows about a data type.</summary>
public sealed record ServerTypeStatus
{
    /// <summary>The name of the type.</summary>
    public required string Name { get; init; }

    /// <summary>How many entries are cached.</summary>
    public int Entries { get; init; }

    /// <summary>The last poll that added entries, or null.</summary>
    public ChangeCount? LastAdded { get; init; }

    /// <summary>The last poll that modified entries, or null.</summary>
    public ChangeCount? LastModified { get; init; }

    /// <summary>The last poll that removed entries, or null.</summary>
    public ChangeCount? LastRemoved { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}: {Entries} entries, {BadRows.Count} bad rows, {Inconsistencies.Count} inconsistencies, {Conflicts.Count} conflicts, "
        + $"{MergeFiltered.Count + IntegrityFiltered.Count} dropped";

    /// <summary>Entries that stayed as they are cached at the last poll, because a row of them could not be mapped.</summary>
    public EntryList BadRows { get; init; } = EntryList.None;

    /// <summary>Keys that stood twice in a source at the last poll.</summary>
    public EntryList Inconsistencies { get; init; } = EntryList.None;

    /// <summary>Entries whose sources contradicted each other at the last poll.</summary>
    public EntryList Conflicts { get; init; } = EntryList.None;

    /// <summary>Entries of a source that a merge constraint dropped at the last poll.</summary>
    public EntryList MergeFiltered { get; init; } = EntryList.None;

    /// <summary>Entries that an integrity constraint dropped at the last poll.</summary>
    public EntryList IntegrityFiltered { get; init; } = EntryList.None;
}

/// <summary>How many entries a poll changed.</summary>
/// <param name="Time">When the poll ended.</param>
/// <param name="Count">How many entries.</param>
public sealed record ChangeCount(DateTimeOffset Time, int Count);

/// <summary>Some entries.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="First">The first of them, as text.</param>
public sealed record EntryList(int Count, ImmutableArray<string> First)
{
    /// <summary>No entries.</summary>
    public static EntryList None { get; } = new(0, []);

    /// <inheritdoc/>
    public override string ToString() => First.IsEmpty ? $"{Count} entries" : $"{Count} entries: {string.Join(", ", First.Take(10))}{(Count > 10 ? ", ..." : "")}";
}

/// <summary>Removals that are not sent: of entries of a type, or of an attribute from entries of a type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Cached">How many entries the type has; those that have the attribute, if one is removed.</param>
/// <param name="Entries">The entries that would be removed, or would lose the attribute.</param>
/// <param name="Digest">What stands for this set of entries: a decision names it.</param>
/// <param name="MustBeApproved">Whether they need a decision. The others wait with them, since children must not leave before their parents.</param>
public sealed record HeldRemovals(string Type, int Cached, EntryList Entries, string Digest, bool MustBeApproved)
{
    /// <summary>The attribute that vanished from the entries; null if the entries themselves would be removed.</summary>
    public string? Attribute { get; init; }

    /// <summary>What was decided.</summary>
    public HeldState State { get; init; }

    /// <summary>What a decision calls it: the type, such as <c>Users</c>, or the type and the attribute, such as <c>Users.mail</c>.</summary>
    public string Name => HeldSet.NameOf(Type, Attribute);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Entries.Count} of {Cached} entries would {(Attribute is null ? "be removed" : "lose it")} ({Digest})";
}
