using System.Globalization;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Control;

/// <summary>The error queue as a list: what memory knows of the events is looked at there, and the state is asked for the rest.</summary>
internal static class QueueList
{
    // About ten milliseconds.
    private const int Looked = 10_000;
    private const int GroupsLooked = 200;

    public static ListRules Rules { get; } = new("The error queue", ListFields.Type | ListFields.Key | ListFields.Text | ListFields.Time | ListFields.Group)
    {
        Kinds = Enum.GetNames<LocalEventKind>(),
        States = Enum.GetNames<QueuedEventState>(),
    };

    /// <summary>The numbers of the events of a stretch that are meant.</summary>
    public static async ValueTask<Stretch<long>> FindAsync(ClientSession session, ListFilter filter, string? place, int room)
    {
        var queue = session.Queue;
        var after = NumberedPlace.Read(place);
        if (filter is { Key: { } key, Type: { } type })
            return new([.. (await InStateAsync(session, filter, queue.Of(new(type, key)).Select(item => item.Number))).Where(number => IsMeant(queue, filter, number))], null);
        if (filter is { Text: null, From: null, Until: null, Group: null })
            return InMemory(queue, filter, after, room);
        var found = await session.Written.FindInQueueAsync(new QueueFilter(GroupOf(filter), filter.Text, filter.From, filter.Until), after, room, Looked);
        return new([.. found.Numbers.Where(number => IsMeant(queue, filter, number))], found.Next is { } next ? NumberedPlace.Of(next) : null);
    }

    public static async ValueTask<IReadOnlyList<QueuedEventInfo>> ShowAsync(ClientSession session, IReadOnlyList<long> numbers) =>
        [.. (await session.ReadQueuedAsync(numbers)).Select(queued => Info(session, queued))];

    /// <summary>The groups of failures of a stretch that are meant, the largest first.</summary>
    public static async ValueTask<Stretch<FailureGroup>> FindGroupsAsync(ClientSession session, ListFilter filter, string? place, int room)
    {
        var (first, most) = ((int)NumberedPlace.Read(place), Math.Min(room, GroupsLooked));
        var groups = new List<FailureGroup>();
        var looked = session.Queue.Failures.All.Skip(first).Take(most).ToArray();
        foreach (var (id, count, last) in looked)
        {
            var found = await session.Written.FindInQueueAsync(new QueueFilter(id, null, null, null), 0, 1, 1);
            if (await session.ReadQueuedAsync(found.Numbers) is [{ Attempts.Cause: { } cause } example] && filter.HoldsText(cause.Message))
            {
                groups.Add(new FailureGroup(
                    FailureCause.NameOf(id), cause.Exception, cause.Step, cause.Message, count, example.Since, new DateTimeOffset(last, TimeSpan.Zero), Info(session, example)));
            }
        }

        return new(groups, looked.Length < most ? null : NumberedPlace.Of(first + looked.Length));
    }

    private static Stretch<long> InMemory(EventQueue queue, ListFilter filter, long after, int room)
    {
        var looked = queue.NumbersBehind(after, filter.IsAll ? Math.Min(room, Looked) : Looked);
        var found = new List<long>();
        foreach (var number in looked)
        {
            if (!IsMeant(queue, filter, number))
                continue;
            found.Add(number);
            if (found.Count == room)
                break;
        }

        var last = found.Count == room ? found[^1] : looked is [.., var end] ? end : after;
        return new(found, queue.NumbersBehind(last, 1) is [] ? null : NumberedPlace.Of(last));
    }

    private static async ValueTask<IEnumerable<long>> InStateAsync(ClientSession session, ListFilter filter, IEnumerable<long> numbers)
    {
        if (filter is { Text: null, From: null, Until: null })
            return numbers;
        return (await session.ReadQueuedAsync([.. numbers]))
            .Where(queued => filter.HoldsText(queued.Attempts.Message) && filter.Holds(queued.Since))
            .Select(queued => queued.Number);
    }

    private static bool IsMeant(EventQueue queue, ListFilter filter, long number) =>
        queue.Find(number) is { } item
        && filter.Holds(item.Id.Type)
        && filter.Holds(item.Id.Key)
        && filter.HoldsKind(item.Kind)
        && filter.HoldsState(StateOf(item.Attempts))
        && (filter.Group is null || item.Group == GroupOf(filter));

    private static long? GroupOf(ListFilter filter) => filter.Group is not { } group ? null
        : long.TryParse(group, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id) ? id
        : throw new ArgumentException($"'{group}' is no group of failures: give what the list of groups told.");

    private static QueuedEventState StateOf(int attempts) => attempts == 0 ? QueuedEventState.Waiting : QueuedEventState.Failed;

    private static QueuedEventInfo Info(ClientSession session, QueuedEvent queued)
    {
        var @event = queued.Event;
        var display = session.Bound.TryGetType(@event.Type, out var type) ? type.Describe(@event.Key, @event.Local?.Entry) : $"<{@event.Id}>";
        return new QueuedEventInfo(
            queued.Number,
            @event.Type,
            @event.Key,
            display,
            @event.Kind,
            queued.Since,
            queued.Attempts.Count,
            queued.Attempts.Last,
            queued.Attempts.Message,
            [.. queued.Attempts.CompletedSteps.Select(step => step.Name)],
            queued.Attempts.IsPartiallyProcessed,
            queued.Attempts.IsInFlight,
            @event.Local?.Entry)
        {
            State = StateOf(queued.Attempts.Count),
            WasBrokenOff = queued.Attempts.WasBrokenOff,
            Group = queued.Attempts.Cause is { } cause ? FailureCause.NameOf(cause.Id) : null,
        };
    }
}
