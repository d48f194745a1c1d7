using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>The events of one entry that wait, in their order, with the views of the entry, while they are merged.</summary>
/// <param name="applied">The entry as the target has it.</param>
/// <param name="expected">The entry as it is to be.</param>
internal sealed class WaitingLine(EntryView? applied, EntryView? expected)
{
    public List<QueuedEvent> Events { get; } = [];

    /// <summary>The entry as the target has it, or may have it.</summary>
    public EntryView? Applied { get; private set; } = applied;

    /// <summary>The entry as it is to be, as far as it could be computed.</summary>
    public EntryView? Expected { get; private set; } = expected;

    /// <summary>The entry when it is the turn of the event at a place.</summary>
    public EntryView? Before(int place) => place > 0 ? Events[place - 1].Event.Local : Applied;

    /// <summary>The event before a place has taken in the one at it.</summary>
    public void Merge(int place, QueuedEvent merged, EntryView? has)
    {
        Events[place - 1] = merged;
        Events.RemoveAt(place);
        if (place == 1)
            Applied = has;
        if (place == Events.Count && merged.Event.Fault is null)
            Expected = merged.Event.Local;
    }

    /// <summary>The event at a place and the one before it come to nothing.</summary>
    public void Vanish(int place)
    {
        var (left, last) = (Before(place - 1), Events[place].Event.Local);
        Events.RemoveRange(place - 1, 2);

        // In the trashbin the content follows, as that of any entry that is modified there: the next conversion starts from it.
        if (place > Events.Count)
            Expected = left is { IsTrashed: true } ? last : left;
    }
}
