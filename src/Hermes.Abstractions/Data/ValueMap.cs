using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Hermes.Abstractions.Data;

/// <summary>An immutable map from text to values that keeps the order of insertion. Equality does not depend on the order.</summary>
public sealed class ValueMap : IReadOnlyDictionary<string, Value>, IEquatable<ValueMap>
{
    private readonly OrderedDictionary<string, Value> _items;

    private ValueMap(OrderedDictionary<string, Value> items) => _items = items;

    /// <summary>The empty map.</summary>
    public static ValueMap Empty { get; } = new(new OrderedDictionary<string, Value>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _items.Keys;

    /// <inheritdoc/>
    public IEnumerable<Value> Values => _items.Values;

    /// <inheritdoc/>
    public Value this[string key] => _items[key];

    /// <summary>Makes a map of the given pairs; of pairs with the same key the last one counts.</summary>
    public static ValueMap Create(IEnumerable<KeyValuePair<string, Value>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var items = new OrderedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
            items[name] = value;
        return items.Count == 0 ? Empty : new ValueMap(items);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _items.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Value value) => _items.TryGetValue(key, out value);

    /// <inheritdoc/>
    public bool Equals(ValueMap? other)
    {
        if (other is null || other.Count != Count)
            return false;
        foreach (var (name, value) in _items)
        {
            if (!other.TryGetValue(name, out var theirs) || theirs != value)
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueMap);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 0;
        foreach (var (name, value) in _items)
            hash ^= HashCode.Combine(name.GetHashCode(StringComparison.Ordinal), value);
        return hash;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A readable form, such as <c>{a: 1}</c>.</summary>
    public override string ToString() => $"{{{string.Join(", ", _items.Select(pair => $"{pair.Key}: {pair.Value}"))}}}";
}
