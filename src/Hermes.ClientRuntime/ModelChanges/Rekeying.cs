using Hermes.ClientRuntime.State;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>Gives the entries of a remote type, and everything that hangs on them, the keys of a new schema.</summary>
internal sealed class Rekeying(ClientSession session)
{
    public void Run(TypeSchema type)
    {
        var plan = RekeyPlan.Make(session.State, type);
        Move(EntryTable.Remote(type.Name), plan);
        foreach (var local in session.Bound.FedBy(type.Name))
        {
            Move(EntryTable.Local(local.Name), plan);
            foreach (var queued in StatePages.ReadQueue(session.State).Where(queued => string.Equals(queued.Event.Type, local.Name, StringComparison.Ordinal)))
            {
                // Written to the state only: the queue in memory is read anew under the new schema.
                if (plan.TryGetNewKey(queued.Event.Key, out var key))
                    session.State.PutQueued(queued with { Event = queued.Event with { Key = key } });
            }
        }
    }

    // All are taken out before the first is put back: the old key of one may be the new key of another.
    private void Move(EntryTable table, RekeyPlan plan)
    {
        var moved = new List<StoredEntry>();
        foreach (var entry in StatePages.Read(session.State, table))
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
