using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>
/// Which entries an entry refers to by foreign keys. A foreign key is part of its type's key and points at a parent's whole key, so all
/// ancestors are known from the key alone, even for entries that are gone.
/// </summary>
internal sealed class ForeignKeyGraph
{
    private readonly Dictionary<string, List<(int Part, string Parent)>> _parents = new(StringComparer.Ordinal);

    public ForeignKeyGraph(BoundModel model)
    {
        foreach (var type in model.Types)
        {
            if (type.Remote is not { ForeignKeys.Count: > 0 } remote)
                continue;
            var parents = new List<(int, string)>();
            foreach (var (attribute, parent) in remote.ForeignKeys)
            {
                var part = remote.Key.IndexOf(attribute);
                if (part >= 0)
                    parents.AddRange(model.FedBy(parent.ParentType).Select(parentType => (part, parentType.Name)));
            }

            if (parents.Count > 0)
                _parents[type.Name] = parents;
        }
    }

    /// <summary>The entries that an entry refers to, directly or through others, each once.</summary>
    public IReadOnlyCollection<EntryId> AncestorsOf(EntryId entry)
    {
        if (!_parents.ContainsKey(entry.Type))
            return [];
        var found = new HashSet<EntryId>();
        Collect(entry, found);
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
