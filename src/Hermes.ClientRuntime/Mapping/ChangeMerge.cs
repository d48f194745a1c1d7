using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>Merges changes of secret attributes, which are in no view. Pure.</summary>
internal static class ChangeMerge
{
    /// <summary>
    /// Changes that have the effect of two others, one after the other. Attribute by attribute the second counts; but what was added stays
    /// added. What was added and then removed is removed: a secret counts as added after each start of the server, so the target may have
    /// an older one.
    /// </summary>
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
                    .Concat(second.Removed)
                    .Order(StringComparer.Ordinal),
            ]);
    }

    /// <summary>An entry with the attributes that changes set, on top.</summary>
    public static Entry Over(this AttributeChanges changes, Entry entry) =>
        changes.Added.Count == 0 && changes.Modified.Count == 0 ? entry : Entry.Create(entry.Concat(changes.Added).Concat(changes.Modified));
}
