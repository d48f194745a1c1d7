using Hermes.Abstractions.Data;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>
/// Which remote entries a remote entry refers to by foreign keys. A foreign key is part of its type's key and points at a parent's whole key, so all
/// ancestors are known from the key alone, even for entries that are gone; and from the schema alone, even for events of types that the client, or the
/// server, no longer has.
/// </summary>
internal sealed class ForeignKeyGraph
{
    private readonly Dictionary<string, (int Part, string Parent)[]> _parents;

    /// <param name="schema">The schema in force.</param>
    /// <param name="left">The types that have left it: events of them may wait still.</param>
    public ForeignKeyGraph(DataSchema schema, DataSchema left) =>
        _parents = schema.Types.Concat(left.Types)
            .Where(type => type.ForeignKeys.Count > 0)
            .ToDictionary(
                type => type.Name,
                type => type.ForeignKeys
                    .Select(key => (Part: type.Key.IndexOf(key.Key), Parent: key.Value.ParentType))
                    .Where(key => key.Part >= 0)
                    .ToArray(),
                StringComparer.Ordinal);

    /// <summary>The remote entries that a remote entry refers to, directly or through others, each once.</summary>
    public IReadOnlyCollection<EntryId> AncestorsOf(EntryId remote)
    {
        if (!_parents.ContainsKey(remote.Type))
            return [];
        var found = new HashSet<EntryId>();
        Collect(remote, found);
        return found;
    }

    private void Collect(EntryId entry, HashSet<EntryId> found)
    {
        if (!_parents.TryGetValue(entry.Type, out var parents))
            return;
        foreach (var (part, parentType) in parents)
        {
            if (part >= entry.Key.PartCount)
                continue;
            var parent = new EntryId(parentType, EntryKey.Of(entry.Key[part]));
            if (found.Add(parent))
                Collect(parent, found);
        }
    }
}
