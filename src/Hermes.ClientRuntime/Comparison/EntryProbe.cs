using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>
/// Looks at entries and their objects while both are at rest, although the client goes on: an entry that was the same before and after its object was read was not
/// changed in between. One that is never at rest is left out.
/// </summary>
internal sealed class EntryProbe(ComparisonDesk desk, IReadableTarget target, BoundType type)
{
    private const int Attempts = 3;

    private readonly EntryTable _table = EntryTable.Local(type.Name);
    private readonly HeldReferences _references = new(type);

    /// <param name="wanted">The entries, and the links of the objects that are not theirs yet; without one, that of the entry.</param>
    /// <param name="act">Is given an entry and its object, null if it is gone. It may write to the state.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(
        IReadOnlyList<(EntryKey Key, string? Link)> wanted, Func<ClientWork, StoredEntry, TargetObject?, ValueTask> act, CancellationToken cancellationToken)
    {
        var left = wanted;
        for (var attempt = 0; attempt < Attempts && left.Count > 0; attempt++)
        {
            var before = await desk.AskAsync(work => FindAsync(work, left), cancellationToken);
            var objects = new List<TargetObject?>(before.Count);
            foreach (var (entry, link) in before)
                objects.Add(link is null ? null : await target.FindAsync(type.Name, link, cancellationToken));
            left = await desk.AskAsync(work => ActAsync(work, before, objects, act), cancellationToken);
        }
    }

    private async ValueTask<List<(StoredEntry Entry, string? Link)>> FindAsync(ClientWork work, IReadOnlyList<(EntryKey Key, string? Link)> wanted)
    {
        var found = new List<(StoredEntry, string?)>(wanted.Count);
        foreach (var (key, link) in wanted)
        {
            var entry = await work.Session.FindAsync(_table, key);
            found.Add((entry, link ?? entry.Link ?? target.LinkOf(type.Name, key)));
        }

        return found;
    }

    private async ValueTask<IReadOnlyList<(EntryKey Key, string? Link)>> ActAsync(
        ClientWork work,
        IReadOnlyList<(StoredEntry Entry, string? Link)> before,
        IReadOnlyList<TargetObject?> objects,
        Func<ClientWork, StoredEntry, TargetObject?, ValueTask> act)
    {
        var changed = new List<(EntryKey, string?)>();
        var resolved = await _references.ResolveAsync(work.Session, objects);
        for (var i = 0; i < before.Count; i++)
        {
            var (was, link) = before[i];
            if (await work.Session.FindAsync(_table, was.Key) is var now && now == was)
                await act(work, now, resolved[i]);
            else
                changed.Add((was.Key, link == was.Link ? null : link));
        }

        return changed;
    }
}
