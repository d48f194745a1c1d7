using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Staging;

/// <summary>Stages the very first poll: it fills the cache and sends nothing.</summary>
internal sealed class FillingSink(IStateDraft draft) : IChangeSink
{
    public long Added(in AddedEntry entry) =>
        draft.Insert(entry.Type.Name, new StoredRow(entry.KeyHash, entry.Fingerprint, entry.Content.ToArray()), null);

    public void Modified(in ModifiedEntry entry) => Replace(entry.Type, entry.Id, new StoredRow(entry.KeyHash, entry.Fingerprint, entry.Content.ToArray()));

    public void Refreshed(in RefreshedEntry entry) => Replace(entry.Type, entry.Id, new StoredRow(entry.KeyHash, entry.Fingerprint, entry.Content.ToArray()));

    public void Removed(in RemovedEntry entry) => draft.Delete(entry.Type.Name, entry.Id, null);

    public void Withdraw(DataType type, KeyHash keyHash, long id) => draft.Withdraw(type.Name, id);

    private void Replace(DataType type, long id, StoredRow row) => draft.Update(type.Name, id, row, null);
}
