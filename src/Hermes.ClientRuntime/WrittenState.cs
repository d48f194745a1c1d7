using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime;

/// <summary>The state with all that was changed in memory written to it, for those who only look: nothing that was taken in is forgotten.</summary>
internal sealed class WrittenState(WorkingSet work)
{
    /// <summary>What the journal of calls is worth that the state has.</summary>
    public JournalFinding JournalFinding => work.State.JournalFinding;

    /// <summary>Returns when the state was found to be sound.</summary>
    public ValueTask VerifyAsync(CancellationToken cancellationToken) => work.State.VerifyAsync(cancellationToken);

    /// <summary>One page of the entries of a type, for those who only look.</summary>
    public async ValueTask<IReadOnlyList<NumberedEntry>> LookAtPageAsync(EntryTable table, EntryScope scope, long after, int limit)
    {
        await work.WriteAsync();
        return await work.State.ReadAsync(table, scope, after, limit, CancellationToken.None);
    }

    /// <summary>The local entries that have links; none of them twice.</summary>
    public async ValueTask<IReadOnlyList<LinkedEntry>> FindLinkedAsync(IReadOnlyList<string> links)
    {
        await work.WriteAsync();
        return await work.State.FindLinkedAsync(links, CancellationToken.None);
    }

    /// <summary>A page of the references to an entry.</summary>
    public async ValueTask<IReadOnlyList<NumberedReference>> ReadReferencesToAsync(EntryId to, long after, int limit)
    {
        await work.WriteAsync();
        return await work.State.ReadReferencesToAsync(to, after, limit, CancellationToken.None);
    }

    /// <summary>A page of the references that the target does not have yet.</summary>
    public async ValueTask<IReadOnlyList<NumberedReference>> ReadPendingReferencesAsync(long after, int limit)
    {
        await work.WriteAsync();
        return await work.State.ReadPendingReferencesAsync(after, limit, CancellationToken.None);
    }

    /// <summary>The types of which there are entries, or were.</summary>
    public async ValueTask<IReadOnlyList<EntryTable>> ReadTablesAsync()
    {
        await work.WriteAsync();
        return await work.State.ReadTablesAsync(CancellationToken.None);
    }

    /// <summary>How many entries of a type there are.</summary>
    public async ValueTask<EntryCount> CountAsync(EntryTable table)
    {
        await work.WriteAsync();
        return await work.State.CountAsync(table, CancellationToken.None);
    }

    /// <summary>Looks for events of the queue by what only the state knows of them.</summary>
    public async ValueTask<QueueStretch> FindInQueueAsync(QueueFilter filter, long after, int limit, int most)
    {
        await work.WriteAsync();
        return await work.State.FindInQueueAsync(filter, after, limit, most, CancellationToken.None);
    }

    /// <summary>A page of the messages that were set aside.</summary>
    public async ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(int limit, long after = long.MinValue)
    {
        await work.WriteAsync();
        return await work.State.ReadDeadLettersAsync(after, limit, CancellationToken.None);
    }
}
