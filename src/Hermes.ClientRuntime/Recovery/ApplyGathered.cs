using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>
/// Makes events of what differs between the entries that are known and those that were gathered: additions and modifications, parents first; then removals, children
/// first. What is as gathered already is passed over, so that it can be begun again at any time.
/// </summary>
internal sealed class ApplyGathered(ClientSession session)
{
    private readonly Transitions _transitions = new(session);
    private readonly Defer _defer = new(session);
    private readonly AttemptLog _reason = AttemptLog.Waiting("follows a re-initialisation") with
    {
        IsInFlight = session.Following.Behind is { MayHaveDelivered: true },
    };

    /// <summary>Yields after each slice; the caller commits.</summary>
    public async IAsyncEnumerable<int> RunAsync()
    {
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

        foreach (var type in await TypesChildrenFirstAsync())
        {
            await foreach (var page in session.ReadPagesAsync(EntryTable.Remote(type)))
            {
                await session.LoadAsync(page.SelectMany(row => AddressesOf(type, row.Entry.Key, EntrySide.Gathered)));
                foreach (var row in page)
                {
                    if (row.Entry.Expected is { IsTrashed: false } && session.Find(EntryTable.Gathered(type), row.Entry.Key).IsGone)
                        await RemoveAsync(type, row.Entry);
                }

                yield return page.Count;
            }
        }
    }

    private async ValueTask BringAsync(string type, EntryKey key, Entry content)
    {
        var known = session.Find(EntryTable.Remote(type), key);
        if (known.Applied is { IsTrashed: false } && known.Applied == known.Expected && known.Applied.Entry.Equals(content))
            return;
        await _defer.RunAsync(_transitions.Of(type, known, new EntryView(content), AttributeChanges.None), _reason);
    }

    private async ValueTask RemoveAsync(string type, StoredEntry known)
    {
        var isKept = session.Model.Settings.TrashbinRetention > TimeSpan.Zero;
        await _defer.RunAsync(
            _transitions.Of(type, known, isKept ? known.Expected! with { TrashedSince = session.Now } : null, AttributeChanges.None), _reason);
    }

    // Types that the server no longer has cannot be parents of others: they go first.
    private async ValueTask<string[]> TypesChildrenFirstAsync()
    {
        var schema = session.Bound.Schema;
        var gone = (await session.ReadTablesAsync()).Where(table => table.Side == EntrySide.Remote && !schema.TryGetType(table.Type, out _));
        return [.. gone.Select(table => table.Type).Reverse(), .. schema.Types.Select(type => type.Name).Reverse()];
    }

    private IEnumerable<EntryAddress> AddressesOf(string remoteType, EntryKey key, EntrySide other)
    {
        yield return new EntryAddress(new EntryTable(other, remoteType), key);
        foreach (var type in session.Bound.FedBy(remoteType))
            yield return new EntryAddress(EntryTable.Local(type.Name), key);
    }
}
