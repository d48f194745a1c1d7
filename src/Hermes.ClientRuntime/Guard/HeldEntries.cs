using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Events;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.Guard;

/// <summary>
/// The entries that an initsync, taken as the whole truth, did not have, and that are there still: a live row waits for a decision, a trashed one is kept by one.
/// </summary>
internal sealed class HeldEntries(ClientSession session)
{
    private const int ShownKeys = 20;

    /// <summary>Whether an entry is one; it was taken into memory.</summary>
    public bool Contains(string type, EntryKey key) => session.Following.HasHeld && !session.Find(EntryTable.Held(type), key).IsGone;

    public void Hold(string type, EntryKey key) => Put(type, key, new EntryView(Entry.Empty));

    public void Keep(string type, EntryKey key) => Put(type, key, new EntryView(Entry.Empty, session.Now));

    public void Drop(string type, EntryKey key) => Put(type, key, null);

    /// <summary>The server tells of an entry: it has it, or it has removed it itself.</summary>
    public void Follow(EntryEvent told)
    {
        if (told is AddedEvent or RemovedEvent && Contains(told.Type, told.Key))
            Drop(told.Type, told.Key);
    }

    /// <summary>How many entries of a type wait, what stands for them, and the first of them.</summary>
    public async ValueTask<(long Count, string Digest, string[] First)> DescribeAsync(string type)
    {
        var keys = new List<string>();
        await foreach (var entry in session.ReadAsync(EntryTable.Held(type)))
        {
            if (entry.Expected is { IsTrashed: false })
                keys.Add(entry.Key.ToString());
        }

        return (keys.Count, DigestOf(type, keys), [.. keys.Take(ShownKeys)]);
    }

    public static string DigestOf(string type, IEnumerable<string> keys) => SetDigest.Of(keys.Prepend(type));

    private void Put(string type, EntryKey key, EntryView? view) => session.Put(EntryTable.Held(type), StoredEntry.Settled(key, view));
}
