using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>
/// Lets handlers look at the entries that the target has. Handlers may run at the same time; the state is used by one at a time.
/// </summary>
internal sealed class EntryLookup(IClientState state)
{
    private const int PageSize = 500;

    private readonly Lock _gate = new();

    public Entry? Find(string type, EntryKey key)
    {
        lock (_gate)
            return state.Find(EntryTable.Local(type), key).Applied is { IsTrashed: false } live ? live.Entry : null;
    }

    public IEnumerable<KeyValuePair<EntryKey, Entry>> List(string type)
    {
        long after = 0;
        IReadOnlyList<NumberedEntry> page;
        do
        {
            lock (_gate)
                page = state.Read(EntryTable.Local(type), EntryScope.All, after, PageSize);
            foreach (var (number, entry) in page)
            {
                after = number;
                if (entry.Applied is { IsTrashed: false } live)
                    yield return new(entry.Key, live.Entry);
            }
        }
        while (page.Count == PageSize);
    }
}
