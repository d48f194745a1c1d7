using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Crash.Host.Failpoints;
using Hermes.Runtime.State;

namespace Hermes.Crash.Host.Client;

internal sealed class FailpointClientStateStore(IClientStateStore inner) : IClientStateStore
{
    public async ValueTask<IClientState> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ClientFailpoints.BeforeOpen);
        var state = await inner.OpenAsync(opening, cancellationToken);
        Failpoint.Hit(ClientFailpoints.AfterOpen);
        return new FailpointClientState(state);
    }
}

internal sealed class FailpointClientState(IClientState inner) : IClientState
{
    public long Term => inner.Term;

    public CancellationToken Lost => inner.Lost;

    public ClientProgress Progress => inner.Progress;

    public ClientSetup? Setup => inner.Setup;

    public IReadOnlyList<JournaledCall> Journal => inner.Journal;

    public JournalFinding JournalFinding => inner.JournalFinding;

    public void Append(JournaledCall call)
    {
        Failpoint.Hit(ClientFailpoints.BeforeOutcome);
        inner.Append(call);
        Failpoint.Hit(ClientFailpoints.AfterOutcome);
    }

    public void ForgetJournal() => inner.ForgetJournal();

    public ValueTask VerifyAsync(CancellationToken cancellationToken) => inner.VerifyAsync(cancellationToken);

    public ValueTask<IReadOnlyList<TableEntry>> FindAsync(IReadOnlyList<EntryAddress> wanted, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ClientFailpoints.Find);
        return inner.FindAsync(wanted, cancellationToken);
    }

    public ValueTask<IReadOnlyList<LinkedEntry>> FindLinkedAsync(IReadOnlyList<string> links, CancellationToken cancellationToken) =>
        inner.FindLinkedAsync(links, cancellationToken);

    public ValueTask<IReadOnlyList<EntryTable>> ReadTablesAsync(CancellationToken cancellationToken) => inner.ReadTablesAsync(cancellationToken);

    public ValueTask<IReadOnlyList<NumberedEntry>> ReadAsync(
        EntryTable table, EntryScope scope, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadAsync(table, scope, after, limit, cancellationToken);

    public ValueTask<EntryCount> CountAsync(EntryTable table, CancellationToken cancellationToken) => inner.CountAsync(table, cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> ReadQueueAsync(long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadQueueAsync(after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<QueuedEvent>> FindQueuedAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
        inner.FindQueuedAsync(numbers, cancellationToken);

    public ValueTask<QueueStretch> FindInQueueAsync(QueueFilter filter, long after, int limit, int most, CancellationToken cancellationToken) =>
        inner.FindInQueueAsync(filter, after, limit, most, cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(long afterOffset, int limit, CancellationToken cancellationToken) =>
        inner.ReadDeadLettersAsync(afterOffset, limit, cancellationToken);

    public ValueTask<long> CountDeadLettersAsync(CancellationToken cancellationToken) => inner.CountDeadLettersAsync(cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadReferencesToAsync(EntryId to, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadReferencesToAsync(to, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<NumberedReference>> ReadPendingReferencesAsync(long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadPendingReferencesAsync(after, limit, cancellationToken);

    public ValueTask<long> CountPendingReferencesAsync(CancellationToken cancellationToken) => inner.CountPendingReferencesAsync(cancellationToken);

    /// <summary>Writes the changes one by one, with a failpoint before and after each: between any two of them the process may die.</summary>
    public async ValueTask WriteAsync(ClientChanges changes, CancellationToken cancellationToken)
    {
        foreach (var entry in changes.Entries)
        {
            Failpoint.Hit(ClientFailpoints.BeforePut);
            await inner.WriteAsync(new ClientChanges([entry], [], []), cancellationToken);
            Failpoint.Hit(ClientFailpoints.AfterPut);
        }

        foreach (var change in changes.Queue)
        {
            Failpoint.Hit(change.Event is null ? ClientFailpoints.BeforeRemoveQueued : ClientFailpoints.BeforePutQueued);
            await inner.WriteAsync(new ClientChanges([], [change], []), cancellationToken);
            Failpoint.Hit(change.Event is null ? ClientFailpoints.AfterRemoveQueued : ClientFailpoints.AfterPutQueued);
        }

        await inner.WriteAsync(new ClientChanges([], [], changes.DeadLetters) { References = changes.References }, cancellationToken);
    }

    public async ValueTask CommitAsync(ClientProgress progress, ClientSetup? setup, CancellationToken cancellationToken)
    {
        if (setup is not null)
            Failpoint.Hit(ClientFailpoints.SetUp);
        Failpoint.Hit(ClientFailpoints.BeforeCommit);
        await inner.CommitAsync(progress, setup, cancellationToken);
        Failpoint.Hit(ClientFailpoints.AfterCommit);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
