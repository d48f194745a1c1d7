using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Guard;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Control;

/// <summary>The lists that a client keeps, a page at a time.</summary>
internal sealed class ClientLists(ClientDesk desk)
{
    private const int Looked = 500;

    public Task<Page<QueuedEventInfo>> QueueAsync(ListQuery? query, CancellationToken cancellationToken) => new ListReader<QueuedEventInfo>(
        QueueList.Rules,
        (filter, place, room) => desk.ReadAsync(
            async session =>
            {
                var found = await QueueList.FindAsync(session, filter, place, room);
                return new Stretch<QueuedEventInfo>(await QueueList.ShowAsync(session, found.Rows), found.Next);
            },
            cancellationToken),
        desk.Time)
    {
        Count = async filter => filter.IsAll
            ? await desk.ReadAsync(session => ValueTask.FromResult((long)session.Queue.Count), cancellationToken)
            : await Stretch<long>.CountAsync(place => NumbersAsync(filter, place, cancellationToken)),
    }.ReadAsync(query);

    public Task<Page<FailureGroup>> GroupsAsync(ListQuery? query, CancellationToken cancellationToken) => new ListReader<FailureGroup>(
        new ListRules("The list of failure groups", ListFields.Text),
        (filter, place, room) => desk.ReadAsync(session => QueueList.FindGroupsAsync(session, filter, place, room), cancellationToken),
        desk.Time).ReadAsync(query);

    public Task<Page<StoredEntry>> EntriesAsync(EntryTable table, ListQuery? query, CancellationToken cancellationToken)
    {
        var rules = new ListRules($"The list of the {table.Side} {table.Type}", ListFields.Key)
        {
            Kinds = Enum.GetNames<EntryAgreement>(),
            States = Enum.GetNames<EntryPresence>(),
        };
        return new ListReader<StoredEntry>(
            rules,
            (filter, place, room) => desk.ReadAsync(
                session => TableList.FindAsync(
                    session,
                    table,
                    filter.Key,
                    entry => filter.Holds(entry.Key) && filter.HoldsState(PresenceOf(entry)) && filter.HoldsKind(AgreementOf(entry)),
                    entry => entry,
                    place,
                    room),
                cancellationToken),
            desk.Time).ReadAsync(query);
    }

    public Task<Page<TrashedEntry>> TrashbinAsync(ListQuery? query, CancellationToken cancellationToken) => new ListReader<TrashedEntry>(
        TrashbinList.Rules,
        (filter, place, room) => desk.ReadAsync(session => TrashbinList.FindAsync(session, filter, place, room), cancellationToken),
        desk.Time).ReadAsync(query);

    public Task<Page<DeadLetter>> DeadLettersAsync(ListQuery? query, CancellationToken cancellationToken) => new ListReader<DeadLetter>(
        new ListRules("The list of messages set aside", ListFields.Text | ListFields.Time),
        (filter, place, room) => desk.ReadAsync(session => FindDeadLettersAsync(session, filter, place, room), cancellationToken),
        desk.Time).ReadAsync(query);

    public Task<Page<PendingReference>> PendingReferencesAsync(ListQuery? query, CancellationToken cancellationToken) => new ListReader<PendingReference>(
        new ListRules("The list of pending references", ListFields.Type | ListFields.Key),
        (filter, place, room) => desk.ReadAsync(session => FindPendingAsync(session, filter, place, room), cancellationToken),
        desk.Time).ReadAsync(query);

    // There is one for a type at most, so that a page has all.
    public Task<Page<HeldRemovalsInfo>> HeldRemovalsAsync(ListQuery? query, CancellationToken cancellationToken) => new ListReader<HeldRemovalsInfo>(
        new ListRules("The list of held removals", ListFields.Type),
        (filter, place, room) => desk.ReadAsync(
            async session => NumberedPlace.Page<HeldRemovalsInfo>(
                session.Setup is null ? [] : [.. (await new Decide(session).ListAsync()).Where(set => filter.Holds(set.Type))], place, room),
            cancellationToken),
        desk.Time).ReadAsync(query);

    public Task<Page<EntryKey>> HeldEntriesAsync(string type, ListQuery? query, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        return new ListReader<EntryKey>(
            new ListRules($"The list of the held {type}", ListFields.Key),
            (filter, place, room) => desk.ReadAsync(
                session => session.Setup is not null && new Decide(session).TableOf(type) is { } table
                    ? TableList.FindAsync(
                        session, table, filter.Key, entry => entry.Expected is { IsTrashed: false } && filter.Holds(entry.Key), entry => entry.Key, place, room)
                    : ValueTask.FromResult(Stretch<EntryKey>.None),
                cancellationToken),
            desk.Time).ReadAsync(query);
    }

    /// <summary>The numbers of the events of the queue that are meant, on the stretch behind a place.</summary>
    public Task<Stretch<long>> NumbersAsync(ListFilter filter, string? place, CancellationToken cancellationToken) =>
        desk.ReadAsync(session => QueueList.FindAsync(session, filter, place, int.MaxValue), cancellationToken);

    private static async ValueTask<Stretch<DeadLetter>> FindDeadLettersAsync(ClientSession session, ListFilter filter, string? place, int room)
    {
        var page = await session.Written.ReadDeadLettersAsync(Math.Min(room, Looked), NumberedPlace.Read(place, long.MinValue));
        var found = page.Where(letter => filter.HoldsText(letter.Reason) && filter.Holds(letter.Time)).ToArray();
        var isMore = page.Count > 0 && (await session.Written.ReadDeadLettersAsync(1, page[^1].Offset.Value)).Count > 0;
        return new(found, isMore ? NumberedPlace.Of(page[^1].Offset.Value) : null);
    }

    private static async ValueTask<Stretch<PendingReference>> FindPendingAsync(ClientSession session, ListFilter filter, string? place, int room)
    {
        var (found, after) = (new List<PendingReference>(), NumberedPlace.Read(place));
        var page = await session.Written.ReadPendingReferencesAsync(after, Looked);
        foreach (var (number, reference, _) in page)
        {
            after = number;
            if (filter.Holds(reference.From.Type) && filter.Holds(reference.From.Key))
                found.Add(new PendingReference(reference.From, reference.Attribute, reference.To));
            if (found.Count == room)
                break;
        }

        return new(found, page.Count == Looked || (page.Count > 0 && after != page[^1].Number) ? NumberedPlace.Of(after) : null);
    }

    private static EntryPresence PresenceOf(in StoredEntry entry) =>
        entry.Expected is null ? EntryPresence.Gone : entry.Expected.IsTrashed ? EntryPresence.Trashed : EntryPresence.Live;

    private static EntryAgreement AgreementOf(in StoredEntry entry) => entry.Applied == entry.Expected ? EntryAgreement.Settled : EntryAgreement.Differs;
}
