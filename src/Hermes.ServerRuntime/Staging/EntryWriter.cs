using Hermes.Diff.Polling;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Staging;

/// <summary>Writes what changes in the cache into a transaction.</summary>
internal sealed class EntryWriter(IServerStateTransaction transaction)
{
    private readonly List<StoredRow> _appended = [];
    private readonly List<StoredRow> _replaced = [];
    private readonly List<long> _deleted = [];

    public async ValueTask WriteAsync(ChangeBatch batch, CancellationToken cancellationToken)
    {
        _appended.Clear();
        _replaced.Clear();
        _deleted.Clear();
        foreach (var change in batch.Changes)
            Sort(change);
        if (_appended.Count > 0)
            await transaction.AppendEntriesAsync(batch.Type.Name, _appended, cancellationToken);
        if (_replaced.Count > 0)
            await transaction.ReplaceEntriesAsync(batch.Type.Name, _replaced, cancellationToken);
        if (_deleted.Count > 0)
            await transaction.DeleteEntriesAsync(batch.Type.Name, _deleted, cancellationToken);
    }

    private void Sort(EntryChange change)
    {
        switch (change)
        {
            case AddedEntry added:
                _appended.Add(new StoredRow(added.Id, added.KeyHash, added.Fingerprint, added.Content));
                break;
            case ContentChange changed:
                _replaced.Add(new StoredRow(changed.Id, changed.KeyHash, changed.Fingerprint, changed.Content));
                break;
            case WithdrawnEntry { Cached: { } content } withdrawn:
                _replaced.Add(new StoredRow(withdrawn.Id, withdrawn.KeyHash, withdrawn.Fingerprint, content));
                break;
            case WithdrawnEntry or RemovedEntry:
                _deleted.Add(change.Id);
                break;
        }
    }
}
