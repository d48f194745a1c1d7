using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>Computes and merges differences between entries. Pure.</summary>
internal static class Difference
{
    /// <summary>What must change in one entry to make it another.</summary>
    public static AttributeChanges Between(Entry before, Entry after)
    {
        if (ReferenceEquals(before, after) || before.Equals(after))
            return AttributeChanges.None;
        List<KeyValuePair<string, Value>> added = [], modified = [];
        foreach (var attribute in after)
        {
            if (!before.TryGetValue(attribute.Key, out var old))
                added.Add(attribute);
            else if (old != attribute.Value)
                modified.Add(attribute);
        }

        return new AttributeChanges(Entry.Create(added), Entry.Create(modified), [.. before.Keys.Where(name => !after.ContainsKey(name))]);
    }

    /// <summary>Changes that have the effect of two others, one after the other. Attribute by attribute, the second counts, but what was added stays added, and what was added and removed is neither.</summary>
    public static AttributeChanges Then(this AttributeChanges first, AttributeChanges second)
    {
        if (first.IsEmpty)
            return second;
        if (second.IsEmpty)
            return first;
        var isTouched = new HashSet<string>([.. second.Added.Keys, .. second.Modified.Keys, .. second.Removed], StringComparer.Ordinal);
        return new AttributeChanges(
            Entry.Create(
            [
                .. first.Added.Where(attribute => !isTouched.Contains(attribute.Key)),
                .. second.Modified.Where(attribute => first.Added.ContainsKey(attribute.Key)),
                .. second.Added,
            ]),
            Entry.Create(
            [
                .. first.Modified.Where(attribute => !isTouched.Contains(attribute.Key)),
                .. second.Modified.Where(attribute => !first.Added.ContainsKey(attribute.Key)),
            ]),
            [
                .. first.Removed.Where(name => !isTouched.Contains(name))
                    .Concat(second.Removed.Where(name => !first.Added.ContainsKey(name)))
                    .Order(StringComparer.Ordinal),
            ]);
    }

    /// <summary>An entry with the attributes that changes set, on top.</summary>
    public static Entry Over(this AttributeChanges changes, Entry entry) =>
        changes.Added.Count == 0 && changes.Modified.Count == 0 ? entry : Entry.Create(entry.Concat(changes.Added).Concat(changes.Modified));
}
