using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.Events;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// The events that may have been with the target when the client ended: what they did is not known. They come again with the mark, but only when a change of the data
/// model is carried over, which has to reckon with them.
/// </summary>
internal sealed class InFlight
{
    private readonly ILookup<EntryId, EntryEvent> _events;

    private InFlight(IEnumerable<EntryEvent> events) => _events = events.ToLookup(told => new EntryId(told.Type, told.Key));

    /// <summary>Nothing was in flight.</summary>
    public static InFlight Nothing { get; } = new([]);

    /// <exception cref="BusException">The bus failed.</exception>
    public static async Task<InFlight> ReadAsync(ClientSession session, IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        if (session.RedeliveryUpTo is not { } delivered || session.Next is not { } next || delivered < next)
            return Nothing;

        // A bus that has lost messages is the loop's to tell: here, nothing is waited for.
        if (await bus.GetLastOffsetAsync(cancellationToken) is not { } last || last < next)
            return Nothing;
        var end = last < delivered ? last : delivered;
        var events = new List<EntryEvent>();
        await foreach (var message in bus.ReadAsync(BusPosition.At(next), cancellationToken))
        {
            if (message.Offset <= end && Decode.Read(message).Decoded?.Event is EntryEvent told
                && (told.Category != EventCategory.InitSync || Admit.IsOfOwnInitSync(session, message.Offset)))
                events.Add(told);
            if (message.Offset >= end)
                break;
        }

        return new InFlight(events);
    }

    /// <summary>Whether an event is about this remote entry.</summary>
    public bool Contains(EntryId remote) => _events.Contains(remote);

    /// <summary>The events that add entries of a remote type.</summary>
    public IEnumerable<AddedEvent> AddedOf(string remoteType) =>
        _events.SelectMany(entry => entry).OfType<AddedEvent>().Where(added => string.Equals(added.Type, remoteType, StringComparison.Ordinal));

    /// <summary>What a remote entry became, one after the other, without secret attributes.</summary>
    /// <param name="type">The remote type.</param>
    /// <param name="key">The key of the entry.</param>
    /// <param name="known">The entry as the state has it.</param>
    public IEnumerable<Entry> ContentsOf(TypeSchema type, EntryKey key, Entry known)
    {
        var content = known;
        foreach (var told in _events[new EntryId(type.Name, key)])
        {
            if (told is AddedEvent added)
                yield return content = RemoteContent.OfAdded(type, added.Attributes).Entry;
            else if (told is ModifiedEvent modified)
                yield return content = RemoteContent.OfModified(type, content, modified.Changes).Entry;
        }
    }
}
