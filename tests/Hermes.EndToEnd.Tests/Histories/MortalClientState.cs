using Hermes.ClientRuntime.State;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>A state whose process may die at a commit: just before it, or just after. Whatever is not committed then is lost.</summary>
internal sealed class MortalClientStore(IClientStateStore inner, Faults faults, SecretWatch secrets) : IClientStateStore
{
    public IClientState Open() => faults.IsClientDead ? throw new ProcessDiedException() : new State(inner.Open(), faults, secrets);

    private sealed class State(IClientState inner, Faults faults, SecretWatch secrets) : IClientState
    {
        public ClientProgress Progress
        {
            get => Living.Progress;
            set => Living.Progress = value;
        }

        public ClientSetup? Setup
        {
            get => Living.Setup;
            set
            {
                foreach (var line in value?.Told.Values.SelectMany(lines => lines) ?? [])
                    secrets.Look("what was told", line);
                Living.Setup = value;
            }
        }

        public IReadOnlyList<EntryTable> Tables => Living.Tables;

        public long DeadLetterCount => Living.DeadLetterCount;

        private IClientState Living => faults.IsClientDead ? throw new ProcessDiedException() : inner;

        public StoredEntry Find(EntryTable table, Abstractions.Data.EntryKey key) => Living.Find(table, key);

        public void Put(EntryTable table, in StoredEntry entry)
        {
            secrets.Look($"{table.Type}[{entry.Key}]", entry.Applied);
            secrets.Look($"{table.Type}[{entry.Key}]", entry.Expected);
            Living.Put(table, entry);
        }

        public IReadOnlyList<NumberedEntry> Read(EntryTable table, EntryScope scope, long after, int limit) => Living.Read(table, scope, after, limit);

        public EntryCount Count(EntryTable table) => Living.Count(table);

        public IReadOnlyList<QueuedEvent> ReadQueue(long after, int limit) => Living.ReadQueue(after, limit);

        public QueuedEvent? FindQueued(long number) => Living.FindQueued(number);

        public void PutQueued(QueuedEvent queued)
        {
            secrets.Look(queued);
            Living.PutQueued(queued);
        }

        public void RemoveQueued(long number) => Living.RemoveQueued(number);

        public void AddDeadLetter(DeadLetter letter) => Living.AddDeadLetter(letter);

        public IReadOnlyList<DeadLetter> ReadDeadLetters(long afterOffset, int limit) => Living.ReadDeadLetters(afterOffset, limit);

        public void Commit()
        {
            if (faults.DiesAtCommit(Moment.Before))
                throw new ProcessDiedException();
            inner.Commit();
            if (faults.DiesAtCommit(Moment.After))
                throw new ProcessDiedException();
        }

        public void Dispose() => inner.Dispose();
    }
}
