using System.Text.Json.Serialization;

namespace Hermes.Abstractions.Data;

/// <summary>What tells an entry from the others of its type: one scalar, or an ordered tuple of scalars.</summary>
[JsonConverter(typeof(EntryKeyJsonConverter))]
public readonly struct EntryKey : IEquatable<EntryKey>
{
    private readonly Value _value;

    private EntryKey(Value value) => _value = value;

    /// <summary>Whether this key is a tuple.</summary>
    public bool IsTuple => _value.Kind == ValueKind.List;

    /// <summary>How many parts this key has: 1, or the length of the tuple.</summary>
    public int PartCount => IsTuple ? _value.AsList().Count : 1;

    /// <summary>A part of this key.</summary>
    public Value this[int part] => IsTuple ? _value.AsList()[part] : part == 0 ? _value : throw new ArgumentOutOfRangeException(nameof(part));

    /// <summary>Makes a key of one part.</summary>
    /// <exception cref="ArgumentException">The part is not a set scalar.</exception>
    public static EntryKey Of(Value part) => TryCreate(part, out var key) && !key.IsTuple
        ? key
        : throw new ArgumentException($"A key is made of set scalars; this is of kind {part.Kind}.", nameof(part));

    /// <summary>Makes a key of several parts.</summary>
    /// <exception cref="ArgumentException">There are fewer than two parts, or one of them is not a set scalar.</exception>
    public static EntryKey Of(params ReadOnlySpan<Value> parts) => TryCreate(ValueList.Create(parts), out var key)
        ? key
        : throw new ArgumentException("A tuple key has two or more parts, all of them set scalars.", nameof(parts));

    /// <summary>Makes a key of a scalar, or of a list of two or more scalars.</summary>
    public static bool TryCreate(Value value, out EntryKey key)
    {
        key = new EntryKey(value);
        if (value.Kind != ValueKind.List)
            return value.IsScalar;

        var parts = value.AsList();
        foreach (var part in parts)
        {
            if (!part.IsScalar)
                return false;
        }

        return parts.Count > 1;
    }

    /// <summary>The key as a value: the scalar, or the list of the parts.</summary>
    public Value ToValue() => _value;

    /// <inheritdoc/>
    public bool Equals(EntryKey other) => _value.Equals(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntryKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Whether two keys are equal.</summary>
    public static bool operator ==(EntryKey left, EntryKey right) => left.Equals(right);

    /// <summary>Whether two keys differ.</summary>
    public static bool operator !=(EntryKey left, EntryKey right) => !left.Equals(right);

    /// <summary>A readable form, such as <c>42</c> or <c>(g1, u7)</c>.</summary>
    public override string ToString() => IsTuple ? $"({string.Join(", ", _value.AsList())})" : _value.ToString();
}
