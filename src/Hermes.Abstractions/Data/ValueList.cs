using System.Collections;
using System.Runtime.CompilerServices;

namespace Hermes.Abstractions.Data;

/// <summary>An immutable, ordered list of values.</summary>
[CollectionBuilder(typeof(ValueList), nameof(Create))]
public sealed class ValueList : IReadOnlyList<Value>, IEquatable<ValueList>
{
    private readonly Value[] _items;

    private ValueList(Value[] items) => _items = items;

    /// <summary>The empty list.</summary>
    public static ValueList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public Value this[int index] => _items[index];

    /// <summary>Makes a list of the given items.</summary>
    public static ValueList Create(ReadOnlySpan<Value> items) => items.IsEmpty ? Empty : new ValueList(items.ToArray());

    /// <summary>Makes a list of the given items.</summary>
    public static ValueList Create(IEnumerable<Value> items)
    {
        Value[] array = [.. items];
        return array.Length == 0 ? Empty : new ValueList(array);
    }

    /// <summary>The items, without a copy.</summary>
    public ReadOnlySpan<Value> AsSpan() => _items;

    /// <inheritdoc/>
    public bool Equals(ValueList? other) => other is not null && (ReferenceEquals(this, other) || _items.AsSpan().SequenceEqual(other._items));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<Value> GetEnumerator() => ((IEnumerable<Value>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A readable form, such as <c>[a, b]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _items)}]";
}
