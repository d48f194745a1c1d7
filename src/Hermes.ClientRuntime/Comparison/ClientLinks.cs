using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>The links of a client's entries, as people see and set them.</summary>
internal sealed class ClientLinks(ClientDesk lists) : IClientLinks
{
    // Each is committed, and events have their turn between two of them.
    private const int SliceSize = 200;

    private readonly ComparisonDesk _desk = new(lists.Surface);

    public Task<Page<EntryLink>> ListAsync(string type, ListQuery? query, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        return new ListReader<EntryLink>(
            new ListRules($"The list of links of {type}", ListFields.Key | ListFields.Text) { States = Enum.GetNames<LinkState>() },
            (filter, place, room) => lists.ReadAsync(
                session => TableList.FindAsync(
                    session,
                    EntryTable.Local(type),
                    filter.Key,
                    entry => filter.Holds(entry.Key) && filter.HoldsText(entry.Link) && filter.HoldsState(entry.Link is null ? LinkState.Unlinked : LinkState.Linked),
                    entry => new EntryLink(entry.Key, entry.Link, entry.Expected is { IsTrashed: true }),
                    place,
                    room),
                cancellationToken),
            lists.Time).ReadAsync(query);
    }

    public async Task<IReadOnlyList<RefusedLink>> SetAsync(
        string type, IReadOnlyDictionary<EntryKey, string> links, string actor, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(links);
        var refused = new List<RefusedLink>();
        foreach (var slice in links.Chunk(SliceSize))
        {
            await ChangeAsync(
                type,
                actor,
                reason,
                async session =>
                {
                    foreach (var (key, link) in slice)
                    {
                        if (await WhyNotAsync(session, new EntryId(type, key), link) is { } why)
                            refused.Add(new RefusedLink(key, link, why));
                        else
                            await LinkAsync(session, new EntryId(type, key), link, actor, reason);
                    }
                },
                cancellationToken);
        }

        return refused;
    }

    public async Task<int> CutAsync(string type, IReadOnlyCollection<EntryKey> keys, string actor, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var count = 0;
        foreach (var slice in keys.Chunk(SliceSize))
        {
            await ChangeAsync(
                type,
                actor,
                reason,
                async session =>
                {
                    foreach (var key in slice)
                    {
                        if ((await session.FindAsync(EntryTable.Local(type), key)).Link is null)
                            continue;
                        await LinkAsync(session, new EntryId(type, key), null, actor, reason);
                        count++;
                    }
                },
                cancellationToken);
        }

        return count;
    }

    private Task ChangeAsync(string type, string actor, string reason, Func<ClientSession, ValueTask> change, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return _desk.ReadAsync(
            async work =>
            {
                if (work.Session.Setup is null || !work.Session.Bound.TryGetType(type, out _))
                    throw new ArgumentException($"The client {work.Session.Model.Name} has no data type '{type}', or is not initialised.");
                await change(work.Session);
                return await work.Session.CommitAsync();
            },
            cancellationToken);
    }

    private static async ValueTask<string?> WhyNotAsync(ClientSession session, EntryId id, string link)
    {
        if ((await session.FindAsync(EntryTable.Local(id.Type), id.Key)).IsGone)
            return $"There is no entry {id}.";
        if (string.IsNullOrEmpty(link))
            return "The link is empty.";
        if (await session.Written.FindLinkedAsync([link]) is not [var owner])
            return null;
        var ownerId = new EntryId(owner.Table.Type, owner.Row.Entry.Key);
        return ownerId == id ? null : $"The object is {ownerId}'s. Cut its link first.";
    }

    private static async ValueTask LinkAsync(ClientSession session, EntryId id, string? link, string actor, string reason)
    {
        var table = EntryTable.Local(id.Type);
        session.Put(table, await session.FindAsync(table, id.Key) with { Link = link });
        if (session.Queue.HeadOf(id) is { } waiting)
            await Replacement.TryAnewAsync(session, waiting, $"was linked by hand, as {actor} decided");
        session.Services.Log.LinkChanged(session.Model.Name, id.ToString(), link ?? "nothing", actor, reason);
    }
}
