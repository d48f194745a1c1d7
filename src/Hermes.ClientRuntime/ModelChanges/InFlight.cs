using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.Events;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// The events that may have been with the target when the client ended: what they did is not known. They come again with the mark, but only when a change of the data
/// model is carried over, which has to reckon with them.
/// </summary>
internal sealed class InFlight
{
    private readonly HashSet<EntryId> _entries = [];
    private readonly List<AddedEvent> _added = [];

    /// <summary>Nothing was in flight.</summary>
    public static InFlight Nothing { get; } = new();

    /// <exception cref="BusException">The bus failed.</exception>
    public static async Task<InFlight> ReadAsync(ClientSession session, IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        if (session.RedeliveryUpTo is not { } delivered || session.Next is not { } next || delivered < next)
            return Nothing;

        // A bus that has lost messages is the loop's to tell: here, nothing is waited for.
        if (await bus.GetLastOffsetAsync(cancellationToken) is not { } last || last < next)
            return Nothing;
        var end = last < delivered ? last : delivered;
        var result = new InFlight();
        await foreach (var message in bus.ReadAsync(BusPosition.At(next), cancellationToken))
        {
            if (message.Offset <= end && Decode.Read(message).Decoded?.Event is EntryEvent told
                && (told.Category != EventCategory.InitSync || Admit.IsOfOwnInitSync(session, message.Offset)))
                result.Add(told);
            if (message.Offset >= end)
                break;
        }

        return result;
    }

    /// <summary>Whether an event is about this remote entry.</summary>
    public bool Contains(EntryId remote) => _entries.Contains(remote);

    /// <summary>The events that add entries of a remote type.</summary>
    public IEnumerable<AddedEvent> AddedOf(string remoteType) => _added.Where(added => string.Equals(added.Type, remoteType, StringComparison.Ordinal));

    private void Add(EntryEvent told)
    {
        _entries.Add(new EntryId(told.Type, told.Key));
        if (told is AddedEvent added)
            _added.Add(added);
    }
}
