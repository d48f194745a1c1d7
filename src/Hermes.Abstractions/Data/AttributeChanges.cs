using System.Collections.Immutable;

namespace Hermes.Abstractions.Data;

/// <summary>What changed in an entry, attribute by attribute.</summary>
/// <param name="Added">The attributes that were not set before, with their values.</param>
/// <param name="Modified">The attributes that were set to another value before, with their new values.</param>
/// <param name="Removed">The names of the attributes that are no longer set, in ordinal order.</param>
public sealed record AttributeChanges(Entry Added, Entry Modified, ImmutableArray<string> Removed)
{
    /// <summary>No change.</summary>
    public static AttributeChanges None { get; } = new(Entry.Empty, Entry.Empty, []);

    /// <summary>Whether nothing changed.</summary>
    public bool IsEmpty => Added.Count == 0 && Modified.Count == 0 && Removed.IsEmpty;

    /// <summary>Whether an attribute is among those that changed.</summary>
    public bool Touches(string attribute) => Added.ContainsKey(attribute) || Modified.ContainsKey(attribute) || Removed.Contains(attribute, StringComparer.Ordinal);

    /// <summary>The entry after these changes.</summary>
    public Entry ApplyTo(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var removed = Removed;
        return Entry.Create(entry.Where(attribute => !removed.Contains(attribute.Key)).Concat(Added).Concat(Modified));
    }

    /// <summary>The names of the attributes, such as <c>+mail, login, -phone</c>; never a value.</summary>
    public override string ToString() => string.Join(", ", [.. Added.Keys.Select(name => "+" + name), .. Modified.Keys, .. Removed.Select(name => "-" + name)]);

    /// <inheritdoc/>
    public bool Equals(AttributeChanges? other) =>
        other is not null && Added.Equals(other.Added) && Modified.Equals(other.Modified) && Removed.SequenceEqual(other.Removed, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Added, Modified, Removed.Length);
}
