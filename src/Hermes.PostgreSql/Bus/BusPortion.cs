using Hermes.Abstractions.Buses;

namespace Hermes.PostgreSql.Bus;

/// <summary>The messages of one transaction, and where the bus stood when it began.</summary>
/// <param name="incarnation">What tells this bus from another one.</param>
/// <param name="last">The last offset that was given out.</param>
/// <param name="total">The bytes of all bodies up to there.</param>
/// <param name="time">The time, by the clock of the database.</param>
internal sealed class BusPortion(string incarnation, long last, long total, DateTime time)
{
    private readonly List<BusMessage> _new = [];

    public string Incarnation => incarnation;

    public long Last => last;

    public long Total => total;

    public DateTime Time => time;

    /// <summary>The messages that are not on the bus yet, in order.</summary>
    public IReadOnlyList<BusMessage> New => _new;

    /// <summary>How many of the messages are on the bus once this is committed.</summary>
    public int Taken { get; private set; }

    /// <summary>The id of the message that is refused, since another one has its id, or null. None after it is taken.</summary>
    public string? Conflict { get; private set; }

    /// <summary>The last offset that is given out by this.</summary>
    public long NewLast => last + _new.Count;

    /// <summary>Chooses those that are new, up to a conflict.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="first">The first of them that belongs to this portion.</param>
    /// <param name="count">How many do.</param>
    /// <param name="known">The bodies on the bus under ids of the messages.</param>
    public void Choose(IReadOnlyList<BusMessage> messages, int first, int count, Dictionary<string, ReadOnlyMemory<byte>> known)
    {
        for (var i = first; i < first + count; i++, Taken++)
        {
            var message = messages[i];
            if (message.Id is not { } id || known.TryAdd(id, message.Body))
            {
                _new.Add(message);
            }
            else if (!known[id].Span.SequenceEqual(message.Body.Span))
            {
                Conflict = id;
                return;
            }
        }
    }
}
