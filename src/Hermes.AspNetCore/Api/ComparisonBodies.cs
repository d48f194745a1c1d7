using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.AspNetCore.Http;
using Hermes.ClientRuntime.Comparison;
using Hermes.Runtime.Control;

namespace Hermes.AspNetCore.Api;

/// <summary>A decision about what a comparison found.</summary>
internal sealed record RepairBody
{
    public string? Digest { get; init; }

    public RepairKind? Repair { get; init; }

    public IReadOnlyList<FindingKind>? Kinds { get; init; }

    public IReadOnlyList<long>? Rows { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="RefusedException">It is not said what is to be done, or about what.</exception>
    public RepairRequest ToRequest(string type, DecidedBy by)
    {
        if (string.IsNullOrWhiteSpace(Digest))
            throw RefusedException.BadRequest("Name the digest of the report that you looked at.");
        if (Repair is not { } repair)
            throw RefusedException.BadRequest("Say what is to be done: 'repair' is 'Write', 'Link', 'Trash' or 'Remove'.");
        return new RepairRequest(type, Digest, repair, by.Actor, by.Reason) { Kinds = Kinds?.ToImmutableHashSet(), Rows = Rows?.ToImmutableHashSet() };
    }
}

/// <summary>Links to be set.</summary>
internal sealed record LinksBody
{
    public IReadOnlyList<LinkBody>? Links { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="RefusedException">There are none, or two of one entry.</exception>
    public IReadOnlyDictionary<EntryKey, string> ToLinks()
    {
        if (Links is not { Count: > 0 } links || links.Any(one => one is null || !one.Key.ToValue().IsSet || string.IsNullOrEmpty(one.Link)))
            throw RefusedException.BadRequest("Name at least one of 'links', each with the 'key' of an entry and the 'link' of its object.");
        return links.DistinctBy(one => one.Key).Count() == links.Count
            ? links.ToDictionary(one => one.Key, one => one.Link!)
            : throw RefusedException.BadRequest("An entry has one object: name each key once.");
    }
}

/// <summary>A link to be set.</summary>
internal sealed record LinkBody
{
    public EntryKey Key { get; init; }

    public string? Link { get; init; }
}

/// <summary>Links to be forgotten.</summary>
internal sealed record CutBody
{
    public IReadOnlyList<EntryKey>? Keys { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="RefusedException">There are none.</exception>
    public IReadOnlyCollection<EntryKey> ToKeys() => Keys is { Count: > 0 } keys && keys.All(key => key.ToValue().IsSet)
        ? [.. keys.Distinct()]
        : throw RefusedException.BadRequest("Name at least one of 'keys'.");
}

/// <summary>Links that were set.</summary>
/// <param name="Set">How many were.</param>
/// <param name="Refused">Those that were not, with the reason.</param>
internal sealed record LinksAnswer(int Set, IReadOnlyList<RefusedLink> Refused);

/// <summary>Links that were forgotten.</summary>
/// <param name="Cut">How many entries had one.</param>
internal sealed record CutAnswer(int Cut);
