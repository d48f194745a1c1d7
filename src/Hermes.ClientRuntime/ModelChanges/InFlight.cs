using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Mapping;
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
    // With the schema of the time of each event: it may have changed in between. Null if the type was in none.
    private readonly ILookup<EntryId, (EntryEvent Told, TypeSchema? Type)> _events;

    private InFlight(IEnumerable<(EntryEvent Told, TypeSchema? Type)> events) => _events = events.ToLookup(told => new EntryId(told.Told.Type, told.Told.Key));

    /// <summary>Nothing was in flight.</summary>
    public static InFlight Nothing { get; } = new([]);

    /// <exception cref="BusException">The bus failed.</exception>
    public static async Task<InFlight> ReadAsync(ClientSession session, IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        if (session.Position.RedeliveryUpTo is not { } delivered || session.Position.Next is not { } next || delivered < next)
            return Nothing;

        // A bus that has lost messages is the loop's to tell: here, nothing is waited for.
        if (await bus.GetLastOffsetAsync(cancellationToken) is not { } last || last < next)
            return Nothing;
        var end = last < delivered ? last : delivered;
        var events = new List<(EntryEvent, TypeSchema?)>();
        var schema = session.Bound.Schema;
        await foreach (var message in bus.ReadAsync(BusPosition.At(next), cancellationToken))
        {
            var told = message.Offset <= end ? session.Services.Messages.Read(message).Decoded?.Event : null;
            if (told is DataSchemaEvent changed)
                schema = changed.Schema;
            else if (told is EntryEvent entry && (entry.Category != EventCategory.InitSync || Admit.IsOfOwnInitSync(session, message.Offset)))
                events.Add((entry, schema.TryGetType(entry.Type, out var type) ? type : null));
            if (message.Offset >= end)
                break;
        }

        return new InFlight(events);
    }

    /// <summary>Whether an event is about this remote entry.</summary>
    public bool Contains(EntryId remote) => _events.Contains(remote);

    /// <summary>The events that add entries of a remote type, with its schema.</summary>
    public IEnumerable<(AddedEvent Added, TypeSchema Type)> AddedOf(string remoteType)
    {
        foreach (var (told, type) in _events.SelectMany(entry => entry))
        {
            if (told is AddedEvent added && type is not null && string.Equals(added.Type, remoteType, StringComparison.Ordinal))
                yield return (added, type);
        }
    }

    /// <summary>What a remote entry became, one after the other, without secret attributes.</summary>
    /// <param name="remote">The remote entry.</param>
    /// <param name="known">Its content as the state has it.</param>
    public IEnumerable<Entry> ContentsOf(EntryId remote, Entry known)
    {
        var content = known;
        foreach (var (told, type) in _events[remote])
        {
            if (type is null)
                continue;
            if (told is AddedEvent added)
                yield return content = RemoteContent.OfAdded(type, added.Attributes).Entry;
            else if (told is ModifiedEvent modified)
                yield return content = RemoteContent.OfModified(type, content, modified.Changes).Entry;
        }
    }
}
