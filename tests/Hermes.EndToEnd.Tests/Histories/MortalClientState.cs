using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.State;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>A state whose process may die at a commit: just before it, or just after. Whatever is not committed then is lost.</summary>
internal sealed class MortalClientStore(IClientStateStore inner, Faults faults, SecretWatch secrets) : IClientStateStore
{
    public async ValueTask<IClientState> OpenAsync(StateOpening opening, CancellationToken cancellationToken) => faults.IsClientDead
        ? throw new ProcessDiedException()
        : new State(await inner.OpenAsync(opening, cancellationToken), faults, secrets);

    private sealed class State(IClientState inner, Faults faults, SecretWatch secrets) : IClientState
    {
        public long Term => inner.Term;

        public CancellationToken Lost => inner.Lost;

        public ClientProgress Progress => Living.Progress;

        public ClientSetup? Setup => Living.Setup;

        private IClientState Living => faults.IsClientDead ? throw new ProcessDiedException() : inner;

        public IReadOnlyList<JournaledCall> Journal => Living.Journal;

        public JournalFinding JournalFinding => Living.JournalFinding;

        public void Append(JournaledCall call) => Living.Append(call);

        public void ForgetJournal() => Living.ForgetJournal();

        public ValueTask VerifyAsync(CancellationToken cancellationToken) => inner.VerifyAsync(cancellationToken);

        public ValueTask<IReadOnlyList<TableEntry>> FindAsync(IReadOnlyList<EntryAddress> wanted, CancellationToken cancellationToken) =>
            Living.FindAsync(wanted, cancellationToken);

        public ValueTask<IReadOnlyList<LinkedEntry>> FindLinkedAsync(IReadOnlyList<string> links, CancellationToken cancellationToken) =>
            Living.FindLinkedAsync(links, cancellationToken);

        public ValueTask<IReadOnlyList<EntryTable>> ReadTablesAsync(CancellationToken cancellationToken) => Living.ReadTablesAsync(cancellationToken);

        public ValueTask<IReadOnlyList<NumberedEntry>> ReadAsync(
            EntryTable table, EntryScope scope, long after, int limit, CancellationToken cancellationToken) =>
            Living.ReadAsync(table, scope, after, limit, cancellationToken);

        public ValueTask<EntryCount> CountAsync(EntryTable table, CancellationToken cancellationToken) => Living.CountAsync(table, cancellationToken);

        public ValueTask<IReadOnlyList<QueuedEvent>> ReadQueueAsync(long after, int limit, CancellationToken cancellationToken) =>
            Living.ReadQueueAsync(after, limit, cancellationToken);

        public ValueTask<IReadOnlyList<QueuedEvent>> FindQueuedAsync(IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
            Living.FindQueuedAsync(numbers, cancellationToken);

        public ValueTask<QueueStretch> FindInQueueAsync(QueueFilter filter, long after, int limit, int most, CancellationToken cancellationToken) =>
            Living.FindInQueueAsync(filter, after, limit, most, cancellationToken);

        public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(long afterOffset, int limit, CancellationToken cancellationToken) =>
            Living.ReadDeadLettersAsync(afterOffset, limit, cancellationToken);

        public ValueTask<long> CountDeadLettersAsync(CancellationToken cancellationToken) => Living.CountDeadLettersAsync(cancellationToken);

        public ValueTask<IReadOnlyList<NumberedReference>> ReadReferencesToAsync(EntryId to, long after, int limit, CancellationToken cancellationToken) =>
            Living.ReadReferencesToAsync(to, after, limit, cancellationToken);

        public ValueTask<IReadOnlyList<NumberedReference>> ReadPendingReferencesAsync(long after, int limit, CancellationToken cancellationToken) =>
            Living.ReadPendingReferencesAsync(after, limit, cancellationToken);

        public ValueTask<long> CountPendingReferencesAsync(CancellationToken cancellationToken) => Living.CountPendingReferencesAsync(cancellationToken);

        public ValueTask WriteAsync(ClientChanges changes, CancellationToken cancellationToken)
        {
            foreach (var (table, entry) in changes.Entries)
            {
                secrets.Look($"{table.Type}[{entry.Key}]", entry.Applied);
                secrets.Look($"{table.Type}[{entry.Key}]", entry.Expected);
            }

            foreach (var queued in changes.Queue.Select(change => change.Event).OfType<QueuedEvent>())
                secrets.Look(queued);
            return Living.WriteAsync(changes, cancellationToken);
        }

        public async ValueTask CommitAsync(ClientProgress progress, ClientSetup? setup, CancellationToken cancellationToken)
        {
            foreach (var line in setup?.Told.Values.SelectMany(lines => lines) ?? [])
                secrets.Look("what was told", line);
            if (faults.DiesAtCommit(Moment.Before))
                throw new ProcessDiedException();
            await inner.CommitAsync(progress, setup, cancellationToken);
            if (faults.DiesAtCommit(Moment.After))
                throw new ProcessDiedException();
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
