using System.Collections.Immutable;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>The entries that are known and were not gathered, counted and judged before anything is done about them.</summary>
internal sealed class MissingEntries(ClientSession session)
{
    /// <summary>One set for each type, children first; those of which nothing is missing are left out.</summary>
    public async ValueTask<ImmutableArray<HeldRemovalSet>> CountAsync()
    {
        var sets = ImmutableArray.CreateBuilder<HeldRemovalSet>();
        foreach (var type in await TypesChildrenFirstAsync())
        {
            var (missing, live) = await KeysOfAsync(type);
            if (missing.Count == 0)
                continue;
            var after = (await session.CountAsync(EntryTable.Gathered(type))).Live;
            var mustBeApproved = session.Bound.FedBy(type).Any(local => local.Type.Guard?.HoldsRemovals(missing.Count, live, (int)after) == true);
            sets.Add(new HeldRemovalSet(type, missing.Count, live, HeldEntries.DigestOf(type, missing), mustBeApproved, session.Now));
        }

        return sets.ToImmutable();
    }

    private async ValueTask<(List<string> Missing, int Live)> KeysOfAsync(string type)
    {
        var (missing, live) = (new List<string>(), 0);
        await foreach (var page in session.ReadPagesAsync(EntryTable.Remote(type)))
        {
            await session.LoadAsync(page.SelectMany(row =>
                new EntryAddress[] { new(EntryTable.Gathered(type), row.Entry.Key), new(EntryTable.Held(type), row.Entry.Key) }));
            foreach (var row in page.Where(row => row.Entry.Expected is { IsTrashed: false }))
            {
                live++;
                var key = row.Entry.Key;
                if (session.Find(EntryTable.Gathered(type), key).IsGone && session.Find(EntryTable.Held(type), key).Expected is not { IsTrashed: true })
                    missing.Add(key.ToString());
            }
        }

        return (missing, live);
    }

    // Types that the server no longer has cannot be parents of others: they go first.
    private async ValueTask<string[]> TypesChildrenFirstAsync()
    {
        var schema = session.Bound.Schema;
        var gone = (await session.ReadTablesAsync()).Where(table => table.Side == EntrySide.Remote && !schema.TryGetType(table.Type, out _));
        return [.. gone.Select(table => table.Type).Reverse(), .. schema.Types.Select(type => type.Name).Reverse()];
    }
}
