using System.Collections.Immutable;
using Hermes.Abstractions.Data;

namespace Hermes.Diff.Diffing;

/// <summary>The difference between two entries.</summary>
public static class AttributeDiff
{
    /// <summary>What turns <paramref name="old"/> into <paramref name="current"/>.</summary>
    public static AttributeChanges Between(Entry old, Entry current)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(current);

        var added = new List<KeyValuePair<string, Value>>();
        var modified = new List<KeyValuePair<string, Value>>();
        foreach (var attribute in current)
        {
            if (!old.TryGetValue(attribute.Key, out var before))
                added.Add(attribute);
            else if (before != attribute.Value)
                modified.Add(attribute);
        }

        ImmutableArray<string> removed = [.. old.Keys.Where(name => !current.ContainsKey(name))];
        return added.Count + modified.Count + removed.Length == 0
            ? AttributeChanges.None
            : new AttributeChanges(Entry.Create(added), Entry.Create(modified), removed);
    }
}
