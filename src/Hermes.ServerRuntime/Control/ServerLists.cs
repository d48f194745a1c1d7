using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Hermes.ServerRuntime.Reporting;
using Hermes.ServerRuntime.Steps;

namespace Hermes.ServerRuntime.Control;

/// <summary>The lists that a server keeps, a page at a time.</summary>
internal sealed class ServerLists(ServerDesk desk, StatusBoard<ServerStatus> status)
{
    // About ten milliseconds.
    private const int Looked = 1000;

    public Task<Page<ServerEntry>> EntriesAsync(string type, ListQuery? query, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        return new ListReader<ServerEntry>(
            new ListRules($"The list of the cached {type}", ListFields.Key),
            (filter, place, room) => desk.ReadAsync(server => FindAsync(server, type, filter, place, room, cancellationToken), cancellationToken),
            desk.Time).ReadAsync(query);
    }

    public Task<Page<EntryFinding>> FindingsAsync(ListQuery? query, CancellationToken cancellationToken) => new ListReader<EntryFinding>(
        FindingList.Rules,
        (filter, place, room) => desk.ReadAsync(server => ValueTask.FromResult(FindingList.Find(server.Reports.Last, filter, place, room)), cancellationToken),
        desk.Time)
    {
        Count = filter => desk.ReadAsync(server => ValueTask.FromResult(FindingList.Count(server.Reports.Last, filter)), cancellationToken),
    }.ReadAsync(query);

    // Those that wait come first; there are few, and the status has all of them.
    public Task<Page<HeldRemovals>> HeldRemovalsAsync(ListQuery? query) => new ListReader<HeldRemovals>(
        new ListRules("The list of held removals", ListFields.Type) { States = Enum.GetNames<HeldState>() },
        (filter, place, room) => Task.FromResult(NumberedPlace.Page<HeldRemovals>(
            [.. status.Current.AwaitingApproval.Concat(status.Current.RejectedRemovals).Where(set => filter.Holds(set.Type) && filter.HoldsState(set.State))], place, room)),
        desk.Time).ReadAsync(query);

    public Task<Page<ServerEntry>> HeldEntriesAsync(string name, ListQuery? query, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new ListReader<ServerEntry>(
            new ListRules($"The list of the held {name}", ListFields.Key),
            (filter, place, room) => desk.ReadAsync(server => FindHeldAsync(server, name, filter, place, room, cancellationToken), cancellationToken),
            desk.Time).ReadAsync(query);
    }

    private static async ValueTask<Stretch<ServerEntry>> FindAsync(
        ServerServices server, string name, ListFilter filter, string? place, int room, CancellationToken cancellationToken)
    {
        var type = TypeOf(server, name);
        if (filter.Key is { } key && server.Session.FindKnown(type, key) is { } id)
            return new(await ShowAsync(server, type, id is 0 ? [] : [id], filter, cancellationToken), null);
        var rows = await server.Session.State.ReadEntriesAsync(name, NumberedPlace.Read(place), Math.Min(room, Looked), cancellationToken);
        return new(
            [.. rows.Select(row => Show(server, type, row.Content)).Where(entry => filter.Holds(entry.Key))],
            rows.Count < Math.Min(room, Looked) ? null : NumberedPlace.Of(rows[^1].Id));
    }

    private static async ValueTask<Stretch<ServerEntry>> FindHeldAsync(
        ServerServices server, string name, ListFilter filter, string? place, int room, CancellationToken cancellationToken)
    {
        if (server.Guard.FindHeld(name) is not { } set || !server.Settings.Model.TryGetType(set.Type, out var type))
            return Stretch<ServerEntry>.None;
        var index = server.Session.Known.IndexOf(type);
        var (first, most) = ((int)NumberedPlace.Read(place), Math.Min(room, Looked));
        var ids = set.Keys.Skip(first).Take(most).Select(hash => index.TryGet(hash, out _, out var id) ? id : 0).Where(id => id > 0);
        return new(
            await ShowAsync(server, type, [.. ids], filter, cancellationToken),
            first + most < set.Keys.Count ? NumberedPlace.Of(first + most) : null);
    }

    private static async ValueTask<IReadOnlyList<ServerEntry>> ShowAsync(
        ServerServices server, DataType type, IReadOnlyList<long> ids, ListFilter filter, CancellationToken cancellationToken) =>
    [
        .. (await server.Session.State.ReadContentsAsync(type.Name, ids, cancellationToken))
            .Select(content => Show(server, type, content))
            .Where(entry => filter.Holds(entry.Key)),
    ];

    private static ServerEntry Show(ServerServices server, DataType type, byte[] content)
    {
        var entry = CachedEntry.Decode(content).All;
        var key = type.KeyOf(entry);
        return new ServerEntry(type.Name, key, server.Settings.Describe(type, key, entry), entry);
    }

    private static DataType TypeOf(ServerServices server, string name) => server.Settings.Model.TryGetType(name, out var type)
        ? type
        : throw new ArgumentException(
            $"The server {server.Settings.Name} has no data type '{name}'. It has {string.Join(", ", server.Settings.Model.Types.Select(known => known.Name))}.");
}
