using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Hermes.Abstractions.Data;

namespace Hermes.ServerRuntime.Control;

/// <summary>An entry that something was the matter with at the last poll.</summary>
/// <param name="Type">The type.</param>
/// <param name="Kind">What.</param>
/// <param name="Key">The key.</param>
/// <param name="Source">The source that it is about; null if it is about all.</param>
/// <param name="Attributes">The attributes that are in conflict, or could not be computed.</param>
/// <param name="Problem">What is wrong, where that is not the same for all; never a value.</param>
public sealed record EntryFinding(string Type, EntryFindingKind Kind, EntryKey Key, string? Source, ImmutableArray<string> Attributes, string? Problem)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var where = (Source is null ? "" : $" of {Source}") + (Attributes.IsEmpty ? "" : $" in {string.Join(", ", Attributes)}");
        return $"{Kind} {Type}[{Key}]{where}{(Problem is null ? "" : $": {Problem}")}";
    }
}

/// <summary>What can be the matter with an entry.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntryFindingKind>))]
public enum EntryFindingKind
{
    /// <summary>A row of it could not be mapped: it stays as it is cached. An error of the data.</summary>
    BadRow,

    /// <summary>Its key stands twice in a source. An error of the data.</summary>
    Inconsistency,

    /// <summary>Its sources contradict each other. An error of the data.</summary>
    Conflict,

    /// <summary>A merge constraint dropped what a source has of it.</summary>
    MergeFiltered,

    /// <summary>An integrity constraint dropped it.</summary>
    IntegrityFiltered,
}
