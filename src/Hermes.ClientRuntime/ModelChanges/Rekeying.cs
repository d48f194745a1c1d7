using Hermes.ClientRuntime.State;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>Gives the entries of a remote type, and everything that hangs on them, the keys of a new schema.</summary>
internal sealed class Rekeying(ClientSession session)
{
    public async ValueTask RunAsync(TypeSchema type)
    {
        var plan = await RekeyPlan.MakeAsync(session, type);
        await MoveAsync(EntryTable.Remote(type.Name), plan);
        await MoveAsync(EntryTable.Held(type.Name), plan);
        foreach (var local in session.Bound.FedBy(type.Name))
        {
            await MoveAsync(EntryTable.Local(local.Name), plan);
            await foreach (var queued in session.ReadQueueAsync())
            {
                // Written to the state only: the queue in memory is read anew under the new schema.
                if (string.Equals(queued.Event.Type, local.Name, StringComparison.Ordinal) && plan.TryGetNewKey(queued.Event.Key, out var key))
                    session.RekeyQueued(queued with { Event = queued.Event with { Key = key } });
            }
        }
    }

    // All are taken out before the first is put back: the old key of one may be the new key of another.
    private async ValueTask MoveAsync(EntryTable table, RekeyPlan plan)
    {
        var moved = new List<StoredEntry>();
        await foreach (var entry in session.ReadAsync(table))
        {
            if (!plan.TryGetNewKey(entry.Key, out var key))
                continue;
            moved.Add(entry with { Key = key });
            session.Put(table, new StoredEntry(entry.Key, null, null));
        }

        foreach (var entry in moved)
            session.Put(table, entry);
    }
}
