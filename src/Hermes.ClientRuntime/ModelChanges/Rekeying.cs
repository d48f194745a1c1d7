using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Steps;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>Gives the entries of a remote type, and everything that hangs on them, the keys of a new schema.</summary>
internal sealed class Rekeying(ClientSession session)
{
    /// <summary>Whether every live entry has a new key, and no two the same.</summary>
    /// <exception cref="ContradictionException">It is not so.</exception>
    public static void Check(IClientState state, TypeSchema type)
    {
        var keys = new HashSet<EntryKey>();
        foreach (var entry in StatePages.Read(state, EntryTable.Remote(type.Name)))
        {
            if (TryKey(type, entry, out var key))
            {
                if (entry.Expected is not null && !keys.Add(key))
                    throw new ContradictionException($"By the new key of '{type.Name}' ({string.Join(", ", type.Key)}), two entries have the key {key}.");
            }
            else if (entry.Expected is { IsTrashed: false })
            {
                throw new ContradictionException(
                    $"'{type.Name}' gets the key {string.Join(", ", type.Key)}, but the entry {entry.Key} does not have a value for it.");
            }
        }
    }

    /// <summary>The key that an entry has by a schema.</summary>
    public static bool TryKey(TypeSchema type, in StoredEntry entry, out EntryKey key)
    {
        var content = (entry.Expected ?? entry.Applied)!.Entry;
        return EntryKey.TryCreate(type.Key is [var single] ? content.Get(single) : ValueList.Create(type.Key.Select(content.Get)), out key)
            && key.PartCount == type.Key.Length;
    }

    public void Run(TypeSchema type)
    {
        var keys = new Dictionary<EntryKey, EntryKey>();
        foreach (var entry in StatePages.Read(session.State, EntryTable.Remote(type.Name)))
        {
            if (TryKey(type, entry, out var key))
                keys[entry.Key] = key;
        }

        Move(EntryTable.Remote(type.Name), keys);
        foreach (var local in session.Bound.FedBy(type.Name))
        {
            Move(EntryTable.Local(local.Name), keys);
            foreach (var queued in session.Queue.Events.Where(queued => string.Equals(queued.Event.Type, local.Name, StringComparison.Ordinal)).ToArray())
            {
                // Written to the state only: the queue in memory is read anew under the new schema.
                if (keys.TryGetValue(queued.Event.Key, out var key))
                    session.State.PutQueued(queued with { Event = queued.Event with { Key = key } });
            }
        }
    }

    // All are taken out before the first is put back: the old key of one may be the new key of another.
    private void Move(EntryTable table, Dictionary<EntryKey, EntryKey> keys)
    {
        var moved = StatePages.Read(session.State, table).Where(entry => keys.ContainsKey(entry.Key)).ToArray();
        foreach (var entry in moved)
            session.Put(table, new StoredEntry(entry.Key, null, null));
        foreach (var entry in moved)
            session.Put(table, entry with { Key = keys[entry.Key] });
    }
}
