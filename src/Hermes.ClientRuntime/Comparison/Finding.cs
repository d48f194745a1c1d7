using System.Collections.Immutable;
using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>A row of a comparison's report. What is equal has none.</summary>
/// <param name="Number">Its place in the report, from 1.</param>
/// <param name="Kind">What was found.</param>
/// <param name="Key">The key of the entry; null if it is about an object that is no entry's.</param>
/// <param name="Link">The link of the object; null if there is none, or several.</param>
/// <param name="Object">What people call the object, or the objects.</param>
/// <param name="Attributes">The attributes that differ, in ordinal order.</param>
public sealed record Finding(long Number, FindingKind Kind, EntryKey? Key, string? Link, string? Object, ImmutableArray<AttributeFinding> Attributes)
{
    /// <summary>Whether the object lies where the target puts what goes to the trashbin, although the entry is live.</summary>
    public bool IsObjectTrashed { get; init; }

    /// <summary>What became of it.</summary>
    public FindingState State { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Number} {Kind} {Key?.ToString() ?? Object}" + (Attributes.IsEmpty ? "" : $": {string.Join(", ", Attributes.Select(found => found.Attribute))}");
}
