using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Hermes.Abstractions.Templates;

namespace Hermes.Abstractions.Data;

/// <summary>
/// The value of an attribute: a Boolean, a 64-bit integer, a double, a decimal, a text, a date and time, bytes, or a list or map of those.
/// Immutable. Equality is deep and type-strict: the integer 1 is not the text "1".
/// </summary>
/// <remarks>
/// The default value is <see cref="Null"/>. A null, an empty list and an empty map mean that an attribute is not set (<see cref="IsSet"/>).
/// Sixteen bytes; scalars other than decimals are not boxed.
/// </remarks>
[JsonConverter(typeof(ValueJsonConverter))]
public readonly struct Value : IEquatable<Value>
{
    // Null, a ScalarTag (the scalar is in _bits), a string, a boxed decimal, a byte[], a ValueList, a ValueMap or a TemplateObject.
    private readonly object? _content;
    private readonly long _bits;

    private Value(object? content, long bits = 0)
    {
        _content = content;
        _bits = bits;
    }

    /// <summary>No value: the attribute is not set.</summary>
    public static Value Null => default;

    /// <summary>A variable of a template that is known but not set.</summary>
    public static Value Undefined => new(ScalarTag.Undefined);

    /// <summary>What this value holds.</summary>
    public ValueKind Kind => _content switch
    {
        null => ValueKind.Null,
        string => ValueKind.String,
        ScalarTag tag => tag.Kind,
        ValueList => ValueKind.List,
        ValueMap => ValueKind.Map,
        byte[] => ValueKind.Bytes,
        decimal => ValueKind.Decimal,
        _ => ValueKind.Object,
    };

    /// <summary>Whether this is <see cref="ValueKind.Null"/>.</summary>
    public bool IsNull => _content is null;

    /// <summary>Whether an attribute with this value is set: false for null, undefined, the empty list and the empty map.</summary>
    public bool IsSet => _content switch
    {
        null => false,
        ValueList list => list.Count > 0,
        ValueMap map => map.Count > 0,
        ScalarTag tag => tag.Kind != ValueKind.Undefined,
        _ => true,
    };

    /// <summary>Whether this is a Boolean, a number, a text, a date and time, or bytes: what may be part of a key.</summary>
    public bool IsScalar => Kind is >= ValueKind.Boolean and <= ValueKind.Bytes;

    /// <summary>Makes a Boolean.</summary>
    public static Value From(bool value) => new(ScalarTag.Boolean, value ? 1 : 0);

    /// <summary>Makes an integer.</summary>
    public static Value From(long value) => new(ScalarTag.Integer, value);

    /// <summary>Makes a floating-point number. Negative zero becomes zero.</summary>
    public static Value From(double value) => new(ScalarTag.Double, BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value));

    /// <summary>Makes a decimal.</summary>
    public static Value From(decimal value) => new(value);

    /// <summary>Makes a text; null becomes <see cref="Null"/>.</summary>
    public static Value From(string? value) => new(value);

    /// <summary>Makes a date and time. Its <see cref="DateTime.Kind"/> is dropped: no zone is ever converted.</summary>
    public static Value From(DateTime value) => new(ScalarTag.DateTime, value.Ticks);

    /// <summary>Makes bytes; null becomes <see cref="Null"/>. The array must not be changed afterwards.</summary>
    public static Value From(byte[]? value) => new(value);

    /// <summary>Makes a list; null becomes <see cref="Null"/>.</summary>
    public static Value From(ValueList? value) => new(value);

    /// <summary>Makes a map; null becomes <see cref="Null"/>.</summary>
    public static Value From(ValueMap? value) => new(value);

    /// <summary>Makes a value that only templates may see.</summary>
    public static Value From(TemplateObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Value(value);
    }

    /// <summary>Makes a Boolean.</summary>
    public static implicit operator Value(bool value) => From(value);

    /// <summary>Makes an integer.</summary>
    public static implicit operator Value(int value) => From((long)value);

    /// <summary>Makes an integer.</summary>
    public static implicit operator Value(long value) => From(value);

    /// <summary>Makes a floating-point number.</summary>
    public static implicit operator Value(double value) => From(value);

    /// <summary>Makes a decimal.</summary>
    public static implicit operator Value(decimal value) => From(value);

    /// <summary>Makes a text, or <see cref="Null"/>.</summary>
    public static implicit operator Value(string? value) => From(value);

    /// <summary>Makes a date and time.</summary>
    public static implicit operator Value(DateTime value) => From(value);

    /// <summary>Makes bytes, or <see cref="Null"/>.</summary>
    public static implicit operator Value(byte[]? value) => From(value);

    /// <summary>Makes a list, or <see cref="Null"/>.</summary>
    public static implicit operator Value(ValueList? value) => From(value);

    /// <summary>Makes a map, or <see cref="Null"/>.</summary>
    public static implicit operator Value(ValueMap? value) => From(value);

    /// <summary>The Boolean.</summary>
    /// <exception cref="InvalidOperationException">This is not a Boolean.</exception>
    public bool AsBoolean() => Bits(ScalarTag.Boolean) != 0;

    /// <summary>The integer.</summary>
    /// <exception cref="InvalidOperationException">This is not an integer.</exception>
    public long AsInteger() => Bits(ScalarTag.Integer);

    /// <summary>The floating-point number.</summary>
    /// <exception cref="InvalidOperationException">This is not a double.</exception>
    public double AsDouble() => BitConverter.Int64BitsToDouble(Bits(ScalarTag.Double));

    /// <summary>The decimal.</summary>
    /// <exception cref="InvalidOperationException">This is not a decimal.</exception>
    public decimal AsDecimal() => _content is decimal value ? value : throw Mismatch(ValueKind.Decimal);

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">This is not a text.</exception>
    public string AsString() => _content as string ?? throw Mismatch(ValueKind.String);

    /// <summary>The date and time, of unspecified <see cref="DateTime.Kind"/>.</summary>
    /// <exception cref="InvalidOperationException">This is not a date and time.</exception>
    public DateTime AsDateTime() => new(Bits(ScalarTag.DateTime));

    /// <summary>The bytes.</summary>
    /// <exception cref="InvalidOperationException">These are not bytes.</exception>
    public ReadOnlyMemory<byte> AsBytes() => _content as byte[] ?? throw Mismatch(ValueKind.Bytes);

    /// <summary>The list.</summary>
    /// <exception cref="InvalidOperationException">This is not a list.</exception>
    public ValueList AsList() => _content as ValueList ?? throw Mismatch(ValueKind.List);

    /// <summary>The map.</summary>
    /// <exception cref="InvalidOperationException">This is not a map.</exception>
    public ValueMap AsMap() => _content as ValueMap ?? throw Mismatch(ValueKind.Map);

    /// <summary>The object, as only templates see it.</summary>
    /// <exception cref="InvalidOperationException">This is not an object.</exception>
    public TemplateObject AsObject() => _content as TemplateObject ?? throw Mismatch(ValueKind.Object);

    /// <summary>The text if this is one.</summary>
    public bool TryGetString([NotNullWhen(true)] out string? value)
    {
        value = _content as string;
        return value is not null;
    }

    /// <inheritdoc/>
    public bool Equals(Value other)
    {
        if (ReferenceEquals(_content, other._content))
            return _bits == other._bits;

        return (_content, other._content) switch
        {
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (ValueList a, ValueList b) => a.Equals(b),
            (ValueMap a, ValueMap b) => a.Equals(b),
            (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
            (decimal a, decimal b) => a == b,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _content switch
    {
        null => 0,
        string text => text.GetHashCode(StringComparison.Ordinal),
        ScalarTag tag => HashCode.Combine(tag.Kind, _bits),
        byte[] bytes => BytesHash(bytes),
        _ => _content.GetHashCode(),
    };

    /// <summary>Whether two values are equal, deeply and type-strictly.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>A readable form, for logs and messages; not a serialisation.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Null => "",
        ValueKind.Boolean => AsBoolean() ? "true" : "false",
        ValueKind.Integer => AsInteger().ToString(CultureInfo.InvariantCulture),
        ValueKind.Double => AsDouble().ToString("R", CultureInfo.InvariantCulture),
        ValueKind.DateTime => AsDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        ValueKind.Bytes => Convert.ToBase64String(AsBytes().Span),
        ValueKind.Undefined => "undefined",
        ValueKind.Decimal => AsDecimal().ToString(CultureInfo.InvariantCulture),
        _ => _content!.ToString() ?? "",
    };

    private static int BytesHash(byte[] bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private long Bits(ScalarTag tag) => ReferenceEquals(_content, tag) ? _bits : throw Mismatch(tag.Kind);

    private InvalidOperationException Mismatch(ValueKind wanted) => new($"The value is of kind {Kind}, not {wanted}.");

    /// <summary>Marks the kind of a scalar that is held in the bits.</summary>
    private sealed class ScalarTag(ValueKind kind)
    {
        public static readonly ScalarTag Boolean = new(ValueKind.Boolean);
        public static readonly ScalarTag Integer = new(ValueKind.Integer);
        public static readonly ScalarTag Double = new(ValueKind.Double);
        public static readonly ScalarTag DateTime = new(ValueKind.DateTime);
        public static readonly ScalarTag Undefined = new(ValueKind.Undefined);

        public ValueKind Kind { get; } = kind;
    }
}
