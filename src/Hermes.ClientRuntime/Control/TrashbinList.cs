using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Control;

/// <summary>The trashbin as a list: type by type in their ordinal order, and in each as the entries came.</summary>
internal static class TrashbinList
{
    public static ListRules Rules { get; } = new("The trashbin", ListFields.Type | ListFields.Key | ListFields.Time);

    /// <summary>What is meant of a stretch of the trashbin.</summary>
    public static async ValueTask<Stretch<TrashedEntry>> FindAsync(ClientSession session, ListFilter filter, string? place, int room)
    {
        var (first, after) = Read(place);
        var types = (await session.Written.ReadTablesAsync())
            .Where(table => table.Side == EntrySide.Remote && filter.Holds(table.Type) && string.CompareOrdinal(table.Type, first) >= 0)
            .Select(table => table.Type)
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (filter.Key is { } key)
            return new(await FindAsync(session, types, key, filter), null);
        if (types is not [var type, ..])
            return Stretch<TrashedEntry>.None;
        var (rows, next) = await TableList.LookAsync(
            session, EntryTable.Remote(type), EntryScope.Trashed, entry => IsMeant(filter, entry), type == first ? after : 0, room);
        return new(
            [.. rows.Select(row => Show(type, row.Entry))],
            next is { } number ? $"{number} {type}" : types.Length > 1 ? $"0 {types[1]}" : null);
    }

    private static async ValueTask<IReadOnlyList<TrashedEntry>> FindAsync(
        ClientSession session, IEnumerable<string> types, EntryKey key, ListFilter filter)
    {
        var found = new List<TrashedEntry>();
        foreach (var type in types)
        {
            if (await session.FindAsync(EntryTable.Remote(type), key) is var entry && IsMeant(filter, entry))
                found.Add(Show(type, entry));
        }

        return found;
    }

    private static TrashedEntry Show(string type, in StoredEntry entry) => new(type, entry.Key, entry.Expected!.Entry, entry.Expected.TrashedSince!.Value);

    private static bool IsMeant(ListFilter filter, in StoredEntry entry) =>
        entry.Expected is { TrashedSince: { } since } && filter.Holds(entry.Key) && filter.Holds(since);

    // The number comes first: what a type is called is not known.
    private static (string Type, long After) Read(string? place)
    {
        if (place is null)
            return ("", 0);
        var end = place.IndexOf(' ', StringComparison.Ordinal);
        return (place[(end + 1)..], NumberedPlace.Read(place[..Math.Max(end, 0)]));
    }
}
