using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>
/// Turns what objects refer to back into keys: a target tells links, and the state knows whose they are. What leads to objects that are no entry's, or an entry's of another type,
/// is somebody else's and left out, as when references are written.
/// </summary>
internal sealed class HeldReferences(BoundType type)
{
    private const int MostAtOnce = 200;

    /// <summary>The objects, with the keys among their attributes.</summary>
    public async ValueTask<TargetObject?[]> ResolveAsync(ClientSession session, IReadOnlyList<TargetObject?> objects)
    {
        var links = objects.OfType<TargetObject>().SelectMany(held => held.References.Values).SelectMany(found => found).ToHashSet(StringComparer.Ordinal);
        if (links.Count == 0)
            return [.. objects];
        var owners = new Dictionary<string, (EntryTable Table, EntryKey Key)>(StringComparer.Ordinal);
        foreach (var chunk in links.Chunk(MostAtOnce))
        {
            foreach (var (table, row) in await session.Written.FindLinkedAsync(chunk))
                owners[row.Entry.Link!] = (table, row.Entry.Key);
        }

        return [.. objects.Select(held => held is null ? null : held with { Content = Entry.Create(ContentOf(held, owners)) })];
    }

    private IEnumerable<KeyValuePair<string, Value>> ContentOf(TargetObject held, Dictionary<string, (EntryTable Table, EntryKey Key)> owners)
    {
        foreach (var attribute in held.Content.Where(attribute => !held.References.ContainsKey(attribute.Key)))
            yield return attribute;
        foreach (var (attribute, links) in held.References)
        {
            if (!type.Type.References.TryGetValue(attribute, out var reference))
                continue;
            var table = EntryTable.Local(reference.Type);

            // In an order of their own, since that in which a target tells them may change from one reading to the next.
            Value[] keys =
            [
                .. links
                    .Where(link => owners.TryGetValue(link, out var owner) && owner.Table == table)
                    .Select(link => owners[link].Key)
                    .DistinctBy(key => key)
                    .OrderBy(key => key.ToString(), StringComparer.Ordinal)
                    .Select(key => key.ToValue()),
            ];
            if (keys.Length > 0)
                yield return new(attribute, reference.IsList ? ValueList.Create(keys) : keys[0]);
        }
    }
}
