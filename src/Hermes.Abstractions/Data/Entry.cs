using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Hermes.Abstractions.Data;

/// <summary>
/// One thing of a data type, such as a user: its attributes by name. Immutable. Only set attributes are in it (<see cref="Value.IsSet"/>);
/// they are enumerated in ordinal order of their names.
/// </summary>
[JsonConverter(typeof(EntryJsonConverter))]
public sealed class Entry : IReadOnlyDictionary<string, Value>, IEquatable<Entry>
{
    private readonly string[] _names;
    private readonly Value[] _values;

    private Entry(string[] names, Value[] values)
    {
        _names = names;
        _values = values;
    }

    /// <summary>The entry without attributes.</summary>
    public static Entry Empty { get; } = new([], []);

    /// <inheritdoc/>
    public int Count => _names.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _names;

    /// <inheritdoc/>
    public IEnumerable<Value> Values => _values;

    /// <summary>The names of the set attributes, in ordinal order.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <summary>The value of an attribute.</summary>
    /// <exception cref="KeyNotFoundException">The attribute is not set.</exception>
    public Value this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The attribute '{key}' is not set.");

    /// <summary>Makes an entry. Attributes that are not set are left out; of pairs with the same name the last one counts.</summary>
    public static Entry Create(IEnumerable<KeyValuePair<string, Value>> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        List<KeyValuePair<string, Value>> pairs = [.. attributes];
        for (var i = 1; i < pairs.Count; i++)
        {
            if (string.CompareOrdinal(pairs[i - 1].Key, pairs[i].Key) >= 0)
            {
                pairs = [.. pairs.Reverse<KeyValuePair<string, Value>>().DistinctBy(pair => pair.Key, StringComparer.Ordinal)];
                pairs.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
                break;
            }
        }

        pairs.RemoveAll(static pair => !pair.Value.IsSet);
        return pairs.Count == 0 ? Empty : new Entry([.. pairs.Select(pair => pair.Key)], [.. pairs.Select(pair => pair.Value)]);
    }

    /// <summary>Makes an entry of the given pairs.</summary>
    public static Entry Of(params ReadOnlySpan<(string Name, Value Value)> attributes)
    {
        var pairs = new List<KeyValuePair<string, Value>>(attributes.Length);
        foreach (var (name, value) in attributes)
            pairs.Add(new(name, value));
        return Create(pairs);
    }

    /// <summary>
    /// Makes an entry without a copy or a check, for decoders and stores: <paramref name="names"/> must be in strict ordinal order, all
    /// <paramref name="values"/> set, both as long, and neither changed afterwards.
    /// </summary>
    public static Entry FromSorted(string[] names, Value[] values)
    {
        Debug.Assert(names.Length == values.Length, "as many names as values");
        Debug.Assert(!names.Zip(names.Skip(1)).Any(pair => string.CompareOrdinal(pair.First, pair.Second) >= 0), "names in strict ordinal order");
        Debug.Assert(Array.TrueForAll(values, value => value.IsSet), "all values set");
        return names.Length == 0 ? Empty : new Entry(names, values);
    }

    /// <summary>The value of an attribute, or <see cref="Value.Null"/> if it is not set.</summary>
    public Value Get(string name) => TryGetValue(name, out var value) ? value : Value.Null;

    /// <inheritdoc/>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Value value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? _values[index] : default;
        return index >= 0;
    }

    /// <summary>This entry with one attribute set to another value; a value that is not set removes the attribute.</summary>
    public Entry With(string name, Value value) => Create([.. this, new(name, value)]);

    /// <inheritdoc/>
    public bool Equals(Entry? other) =>
        other is not null
        && (ReferenceEquals(this, other) || (_names.AsSpan().SequenceEqual(other._names) && _values.AsSpan().SequenceEqual(other._values)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Entry);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in this)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Enumerates the set attributes, in ordinal order of their names.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<string, Value>> IEnumerable<KeyValuePair<string, Value>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names of the set attributes, such as <c>{login, uid}</c>. Never their values, since some of them may be secret.</summary>
    public override string ToString() => $"{{{string.Join(", ", _names)}}}";

    private int IndexOf(string name) => Array.BinarySearch(_names, name, StringComparer.Ordinal);

    /// <summary>Enumerates the attributes of an entry without allocating.</summary>
    public struct Enumerator : IEnumerator<KeyValuePair<string, Value>>
    {
        private readonly Entry _entry;
        private int _at = -1;

        internal Enumerator(Entry entry) => _entry = entry;

        /// <inheritdoc/>
        public readonly KeyValuePair<string, Value> Current => new(_entry._names[_at], _entry._values[_at]);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_at < _entry._names.Length;

        /// <inheritdoc/>
        public void Reset() => _at = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
            // Nothing is held.
        }
    }
}
