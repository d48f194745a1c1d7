using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>
/// Makes events of what differs between the entries that are known and those that were gathered: additions and modifications, parents first; then removals, children
/// first, unless they are too many. What is as gathered already is passed over, so that it can be begun again at any time.
/// </summary>
internal sealed class ApplyGathered(ClientSession session)
{
    private readonly Transitions _transitions = new(session);
    private readonly Defer _defer = new(session);
    private readonly RemoveRemote _remove = new(session);
    private readonly HeldEntries _held = new(session);

    // What the target has of some entries is not known, nor of which: it is told of all.
    private readonly bool _isInDoubt = session.Following.Behind is { MayHaveDelivered: true };
    private readonly AttemptLog _reason = AttemptLog.Waiting("follows a re-initialisation") with
    {
        WasBrokenOff = session.Following.Behind is { MayHaveDelivered: true },
    };

    /// <summary>Yields after each slice; the caller commits.</summary>
    public async IAsyncEnumerable<int> RunAsync()
    {
        if (session.Following.Reinitialisation!.Missing is null)
        {
            var missing = await new MissingEntries(session).CountAsync();
            session.Follow(session.Following with { Reinitialisation = session.Following.Reinitialisation with { Missing = missing } });
            yield return 0;
        }

        foreach (var type in session.Bound.Schema.Types)
        {
            await foreach (var page in session.ReadPagesAsync(EntryTable.Gathered(type.Name)))
            {
                await session.LoadAsync(page.SelectMany(row => AddressesOf(type.Name, row.Entry.Key, EntrySide.Remote)));
                foreach (var row in page)
                    await BringAsync(type.Name, row.Entry.Key, row.Entry.Expected!.Entry);
                yield return page.Count;
            }
        }

        var sets = session.Following.Reinitialisation.Missing!.Value;
        var isHeld = sets.Any(set => set.MustBeApproved);
        foreach (var type in sets.Select(set => set.Type))
        {
            await foreach (var page in session.ReadPagesAsync(EntryTable.Remote(type)))
            {
                await session.LoadAsync(page.SelectMany(row => AddressesOf(type, row.Entry.Key, EntrySide.Gathered)));
                foreach (var row in page)
                    await TakeAwayAsync(type, row.Entry, isHeld);
                yield return page.Count;
            }
        }
    }

    private async ValueTask BringAsync(string type, EntryKey key, Entry content)
    {
        if (_held.Contains(type, key))
            _held.Drop(type, key);
        var known = session.Find(EntryTable.Remote(type), key);
        if (!_isInDoubt && known.Applied is { IsTrashed: false } && known.Applied == known.Expected && known.Applied.Entry.Equals(content))
            return;
        await _defer.RunAsync(_transitions.Of(type, known, new EntryView(content), AttributeChanges.None, isInDoubt: _isInDoubt), _reason);
    }

    private async ValueTask TakeAwayAsync(string type, StoredEntry known, bool isHeld)
    {
        if (known.Expected is not { IsTrashed: false } || !session.Find(EntryTable.Gathered(type), known.Key).IsGone)
            return;
        var held = session.Find(EntryTable.Held(type), known.Key);
        if (held.Expected is { IsTrashed: true })
            return;
        if (isHeld)
        {
            _held.Hold(type, known.Key);
            return;
        }

        if (!held.IsGone)
            _held.Drop(type, known.Key);
        await _remove.RunAsync(type, known, _reason);
    }

    private IEnumerable<EntryAddress> AddressesOf(string remoteType, EntryKey key, EntrySide other)
    {
        yield return new EntryAddress(new EntryTable(other, remoteType), key);
        yield return new EntryAddress(EntryTable.Held(remoteType), key);
        foreach (var type in session.Bound.FedBy(remoteType))
            yield return new EntryAddress(EntryTable.Local(type.Name), key);
    }
}

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
            var after = (await session.Written.CountAsync(EntryTable.Gathered(type))).Live;
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
        var gone = (await session.Written.ReadTablesAsync()).Where(table => table.Side == EntrySide.Remote && !schema.TryGetType(table.Type, out _));
        return [.. gone.Select(table => table.Type).Reverse(), .. schema.Types.Select(type => type.Name).Reverse()];
    }
}
