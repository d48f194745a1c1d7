using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Guard;

/// <summary>Does what was decided about the removals of a re-initialisation that waited: makes events of those that were approved, children first, and keeps the others.</summary>
internal sealed class ReleaseHeld(ClientSession session)
{
    private readonly HeldEntries _held = new(session);
    private readonly RemoveRemote _remove = new(session);

    /// <summary>Yields after each slice; the caller commits.</summary>
    public async IAsyncEnumerable<int> RunAsync()
    {
        foreach (var set in session.Following.Held)
        {
            var isRemoved = set.Decision is not { IsApproved: false };
            await foreach (var page in session.ReadPagesAsync(EntryTable.Held(set.Type)))
            {
                await session.LoadAsync(page.SelectMany(row => AddressesOf(set.Type, row.Entry.Key)));
                foreach (var row in page.Where(row => row.Entry.Expected is { IsTrashed: false }))
                    await DecideAsync(set.Type, row.Entry.Key, isRemoved);
                yield return page.Count;
            }
        }

        session.Follow(session.Following with { Held = [] });
    }

    private async ValueTask DecideAsync(string type, EntryKey key, bool isRemoved)
    {
        if (!isRemoved)
        {
            _held.Keep(type, key);
            return;
        }

        _held.Drop(type, key);
        var known = session.Find(EntryTable.Remote(type), key);
        if (known.Expected is { IsTrashed: false })
            await _remove.RunAsync(type, known, AttemptLog.Waiting("was held, and approved"));
    }

    private IEnumerable<EntryAddress> AddressesOf(string remoteType, EntryKey key)
    {
        yield return new EntryAddress(EntryTable.Remote(remoteType), key);
        foreach (var type in session.Bound.FedBy(remoteType))
            yield return new EntryAddress(EntryTable.Local(type.Name), key);
    }
}
