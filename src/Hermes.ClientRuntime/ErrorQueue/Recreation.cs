using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Puts anew what an object took along that somebody removed from the target, and that the client makes anew: the entries that refer to it by foreign keys and have no
/// object of their own, as memberships.
/// </summary>
internal sealed class Recreation(ClientSession session)
{
    private const string Reason = "is put anew, because what it refers to was missing on the target";

    /// <summary>Queues them. What was taken into memory before is forgotten.</summary>
    public async ValueTask RunAsync()
    {
        if (session.Missing.Count == 0)
            return;
        foreach (var type in session.Bound.Types)
        {
            var table = EntryTable.Local(type.Name);
            var lost = new List<StoredEntry>();
            await foreach (var entry in session.ReadAsync(table))
            {
                if (entry is { Link: null, Applied.IsTrashed: false }
                    && session.Queue.ForeignKeys.AncestorsOf(new(type.Type.RemoteType, entry.Key)).Any(session.Missing.Contains))
                {
                    lost.Add(entry with { Applied = null });
                }
            }

            foreach (var entry in lost)
                await QueueAsync(table, type.Type.RemoteType, entry);
        }

        session.Missing.Clear();
    }

    // An event that waits already adds it: what it does depends on what the target has.
    private async ValueTask QueueAsync(EntryTable table, string remoteType, StoredEntry entry)
    {
        session.Put(table, entry);
        var remote = await session.FindAsync(EntryTable.Remote(remoteType), entry.Key);
        if (entry.Expected is null || remote.Expected is null || session.Queue.Contains(new(table.Type, entry.Key)))
            return;
        var added = new LocalEvent(table.Type, entry.Key, LocalEventKind.Added, remoteType, remote.Expected, entry.Expected, EventSecrets.None);
        session.Queue.Conflicts.Free(session.Enqueue(added, AttemptLog.Waiting(Reason)).Number);
    }
}
