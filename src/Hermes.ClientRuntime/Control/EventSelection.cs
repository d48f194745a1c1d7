using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Control;

/// <summary>Which events of the error queue an action is about: one, several, or those that a filter means when it is their turn.</summary>
public sealed record EventSelection
{
    private EventSelection(ImmutableArray<long>? numbers, ListFilter? filter) => (Numbers, Filter) = (numbers, filter);

    /// <summary>All events.</summary>
    public static EventSelection All { get; } = new(null, ListFilter.All);

    /// <summary>The numbers of the events; null if a filter says which.</summary>
    public ImmutableArray<long>? Numbers { get; }

    /// <summary>The filter, as the list of the error queue takes it; null if the events are named.</summary>
    public ListFilter? Filter { get; }

    /// <summary>Events by their numbers; those that are not there are passed over.</summary>
    public static EventSelection Of(params IEnumerable<long> numbers) => new([.. numbers], null);

    /// <summary>The events that a filter means.</summary>
    public static EventSelection Where(ListFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new(null, filter);
    }

    /// <summary>The events of a group of failures.</summary>
    /// <param name="group">The group: <see cref="FailureGroup.Group"/>.</param>
    public static EventSelection OfGroup(string group) => Where(new ListFilter { Group = group });

    /// <inheritdoc/>
    public override string ToString() => Numbers is { } numbers
        ? numbers is [var one] ? $"event #{one}" : $"{numbers.Length} events"
        : Filter!.IsAll ? "all events" : $"events by a filter: {Filter}";
}

/// <summary>Which entries of the trashbin an action is about: one, several, or those that a filter means when it is their turn.</summary>
public sealed record TrashSelection
{
    private TrashSelection(ImmutableArray<EntryId>? entries, ListFilter? filter) => (Entries, Filter) = (entries, filter);

    /// <summary>The whole trashbin.</summary>
    public static TrashSelection All { get; } = new(null, ListFilter.All);

    /// <summary>The entries, by types of the server; null if a filter says which.</summary>
    public ImmutableArray<EntryId>? Entries { get; }

    /// <summary>The filter, as the list of the trashbin takes it; null if the entries are named.</summary>
    public ListFilter? Filter { get; }

    /// <summary>Entries by types of the server and keys; those that are not in the trashbin are passed over.</summary>
    public static TrashSelection Of(params IEnumerable<EntryId> entries) => new([.. entries], null);

    /// <summary>The entries that a filter means.</summary>
    public static TrashSelection Where(ListFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new(null, filter);
    }

    /// <inheritdoc/>
    public override string ToString() => Entries is { } entries
        ? entries is [var one] ? $"{one}" : $"{entries.Length} entries"
        : Filter!.IsAll ? "the whole trashbin" : $"entries by a filter: {Filter}";
}
