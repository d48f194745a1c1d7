using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Resync;

/// <summary>Decides whether a server still knows what clients know, by what is on the bus and what its state says.</summary>
internal static class ResyncRule
{
    /// <summary>Why it does not, in words; null if it does.</summary>
    /// <param name="tail">What the bus last has.</param>
    /// <param name="header">What the state says.</param>
    /// <param name="progress">What the state says of the bus.</param>
    /// <param name="confirmed">The number of the last event that left the outbox; 0 if none did.</param>
    public static string? ReasonOf(BusTail tail, ServerStateHeader header, ServerProgress progress, long confirmed)
    {
        if (progress.BusIncarnation is { } known && tail.Incarnation is { } found && known != found)
            return "The bus is another one than before: it was made anew or replaced.";
        if (header.LastSequence == 0 && tail.LastProducer is null && tail.HasUnnumbered && !header.IsFilled)
            return "The state is new, and the bus has events of another program.";
        if (tail.LastProducer is { } last && last != header.ProducerId && !(last == progress.Predecessor && confirmed == 0))
        {
            return header.LastSequence == 0
                ? "The state is new, and the bus has events that this server sent from another one: the state was lost."
                : "The bus has later events that this server sent from another state: this one was put back to an older copy, or a second server has the same name.";
        }

        if (tail.Highest > header.LastSequence)
            return $"The bus has events up to number {tail.Highest}, and the state ends at {header.LastSequence}: the state was put back to an older copy.";
        if (tail.Forked is { } number)
            return $"The bus has two different events with the number {number}: a second server uses a copy of this state.";
        return IsBehind(tail, confirmed) ? $"The bus lacks events up to number {confirmed}, which it had: it was emptied or put back to an older copy." : null;
    }

    // Where none of the events is among the last ones, the bus may have removed them as old; it cannot have fewer messages in all than it took.
    private static bool IsBehind(BusTail tail, long confirmed)
    {
        if (confirmed == 0)
            return false;
        if (tail.Highest > 0)
            return tail.Highest < confirmed;
        return tail.Last is { } last ? last.Value + 1 < confirmed : tail.Incarnation is null;
    }
}
