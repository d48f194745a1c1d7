using Hermes.ServerRuntime.State;
using Stored = Hermes.Testing.State.InMemoryServerState.Stored;

namespace Hermes.Testing.State;

/// <summary>The changes of one commit, as they came.</summary>
internal sealed class InMemoryServerTransaction(Action<Func<Stored, Stored>> change, Action end) : IServerStateTransaction
{
    private readonly List<Action<Stored>> _changes = [];
    private bool _isEnded;

    public ValueTask AppendEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken) =>
        Add(entries, (stored, entry) => EntriesOf(stored, type).Add(entry.Id, entry));

    public ValueTask ReplaceEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken) =>
        Add(entries, (stored, entry) => EntriesOf(stored, type)[entry.Id] = entry);

    public ValueTask DeleteEntriesAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        Add(ids, (stored, id) => EntriesOf(stored, type).Remove(id));

    public ValueTask DropTypeAsync(string type, CancellationToken cancellationToken) => Add([type], (stored, name) => stored.Types.Remove(name));

    public ValueTask StartAnewAsync(long writeBacksAfter, CancellationToken cancellationToken) => Add([writeBacksAfter], (stored, after) =>
    {
        stored.Outbox.Clear();
        for (var i = 0; i < stored.WriteBacks.Count; i++)
            stored.WriteBacks[i] = (after, stored.WriteBacks[i].WriteBack);
    });

    public ValueTask AppendEventsAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken) =>
        Add(events, (stored, item) => stored.Outbox.Add(item.Sequence, item));

    public ValueTask AppendWriteBacksAsync(IReadOnlyList<StoredWriteBack> writeBacks, CancellationToken cancellationToken) =>
        Add(writeBacks, (stored, item) =>
        {
            var number = 1 + stored.WriteBacks.Select(other => other.WriteBack.Number).DefaultIfEmpty(0).Max();
            stored.WriteBacks.Add((item.Sequence, new DueWriteBack(number, item.Body)));
        });

    public ValueTask WriteDocumentAsync(string name, byte[] content, CancellationToken cancellationToken) =>
        Add([name], (stored, key) => stored.Documents[key] = content);

    public ValueTask CommitAsync(ServerStateHeader header, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        cancellationToken.ThrowIfCancellationRequested();
        change(stored =>
        {
            foreach (var item in _changes)
                item(stored);
            stored.WriteBacks.Sort((a, b) => (a.Sequence, a.WriteBack.Number).CompareTo((b.Sequence, b.WriteBack.Number)));
            return stored with { Header = header };
        });
        return DisposeAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (!_isEnded)
            end();
        _isEnded = true;
        return ValueTask.CompletedTask;
    }

    private static SortedDictionary<long, StoredRow> EntriesOf(Stored stored, string type)
    {
        if (!stored.Types.TryGetValue(type, out var entries))
            stored.Types.Add(type, entries = []);
        return entries;
    }

    private ValueTask Add<T>(IReadOnlyList<T> items, Action<Stored, T> apply)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        T[] copy = [.. items];
        _changes.Add(stored =>
        {
            foreach (var item in copy)
                apply(stored, item);
        });
        return ValueTask.CompletedTask;
    }
}
