using Hermes.Abstractions.Data;
using Hermes.AspNetCore.Http;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Lists;

namespace Hermes.AspNetCore.Api;

/// <summary>Why something is to be done.</summary>
internal sealed record ReasonBody
{
    public string? Reason { get; init; }
}

/// <summary>A decision about held removals.</summary>
internal sealed record DecisionBody
{
    public string? Digest { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="RefusedException">There is none.</exception>
    public string ToDigest() => string.IsNullOrWhiteSpace(Digest) ? throw RefusedException.BadRequest("Name the digest of the set that you looked at.") : Digest;
}

/// <summary>Which events of the error queue, and why: by numbers, by a filter, or all.</summary>
internal sealed record EventsBody
{
    public IReadOnlyList<long>? Numbers { get; init; }

    public ListFilter? Filter { get; init; }

    public bool All { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="RefusedException">It is not said in one way.</exception>
    public EventSelection ToSelection() => (Numbers, Filter, All) switch
    {
        ({ Count: > 0 } numbers, null, false) => EventSelection.Of(numbers),
        (null, { IsAll: false } filter, false) => EventSelection.Where(filter),
        (null, null, true) => EventSelection.All,
        _ => throw RefusedException.BadRequest("Say which events in one way: 'numbers' with at least one, 'filter' with at least one member, or 'all': true."),
    };
}

/// <summary>Which entries of the trashbin, and why: by types and keys, by a filter, or all.</summary>
internal sealed record TrashBody
{
    public IReadOnlyList<EntryId>? Entries { get; init; }

    public ListFilter? Filter { get; init; }

    public bool All { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="RefusedException">It is not said in one way.</exception>
    public TrashSelection ToSelection() => (Entries, Filter, All) switch
    {
        ({ Count: > 0 } entries, null, false) when entries.All(entry => entry.Type is not null && entry.Key.ToValue().IsSet) => TrashSelection.Of(entries),
        (null, { IsAll: false } filter, false) => TrashSelection.Where(filter),
        (null, null, true) => TrashSelection.All,
        _ => throw RefusedException.BadRequest(
            "Say which entries in one way: 'entries' with at least one 'type' and 'key', 'filter' with at least one member, or 'all': true."),
    };
}
