using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Events.Json;

/// <summary>Reads values from JSON. The reader stands on the first token of the value, and on its last one afterwards.</summary>
internal static class ValueReader
{
    /// <summary>Up to this many significant digits, a double holds every decimal number exactly enough to give it back.</summary>
    private const int DigitsOfDouble = 15;

    [ThreadStatic]
    private static EntryBuilder? _builder;

    public static Value Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => Value.Null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.String => ReadText(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.StartObject => ReadMap(ref reader),
        _ => throw new EventFormatException($"A value was expected, not {reader.TokenType}."),
    };

    /// <summary>Reads a JSON object as an entry; attributes that are null, or empty lists or maps, are not set.</summary>
    public static Entry ReadEntry(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new EventFormatException($"'{member}' must be an object, not {reader.TokenType}.");

        var builder = _builder ??= new EntryBuilder();
        builder.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = SharedName.Read(ref reader);
            reader.Read();
            builder.Add(name, Read(ref reader));
        }

        return builder.Build();
    }

    private static Value ReadText(ref Utf8JsonReader reader)
    {
        var text = reader.GetString()!;
        return reader.ValueSpan is [(byte)'H', (byte)'e', (byte)'r', (byte)'m', ..] && TypedText.TryRead(text, out var typed) ? typed : text;
    }

    private static Value ReadList(ref Utf8JsonReader reader)
    {
        var items = new List<Value>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Read(ref reader));
        return ValueList.Create(items);
    }

    private static Value ReadMap(ref Utf8JsonReader reader)
    {
        var items = new List<KeyValuePair<string, Value>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = SharedName.Read(ref reader);
            reader.Read();
            items.Add(new(name, Read(ref reader)));
        }

        return ValueMap.Create(items);
    }

    private static Value ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer))
            return integer;

        var digits = reader.ValueSpan;
        var number = reader.TryGetDouble(out var parsed) && double.IsFinite(parsed)
            ? parsed
            : throw new EventFormatException("A number is greater than any that can be held.");
        if (CountSignificant(digits) <= DigitsOfDouble || HasDigitsOf(number, digits))
            return number;
        return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : number;
    }

    // The shortest form of the double has these very digits, so a double is what was written; more digits than that only a decimal can give back.
    private static bool HasDigitsOf(double number, ReadOnlySpan<byte> written)
    {
        Span<byte> shortest = stackalloc byte[32];
        if (!Utf8Formatter.TryFormat(number, shortest, out var length))
            return false;
        var ours = new SignificantDigits(shortest[..length]);
        var theirs = new SignificantDigits(written);
        while (ours.MoveNext())
        {
            if (!theirs.MoveNext() || ours.Current != theirs.Current)
                return false;
        }

        // A zero at the end, as in 0.50 or 1000.0, is no digit of its own.
        while (theirs.MoveNext())
        {
            if (theirs.Current != '0')
                return false;
        }

        return true;
    }

    private static int CountSignificant(ReadOnlySpan<byte> number)
    {
        var digits = new SignificantDigits(number);
        var count = 0;
        while (digits.MoveNext())
            count++;
        return count;
    }

    /// <summary>The digits of a JSON number's mantissa, from the first that is not zero on.</summary>
    private ref struct SignificantDigits(ReadOnlySpan<byte> number)
    {
        private readonly ReadOnlySpan<byte> _number = number;
        private int _at = -1;
        private bool _started;

        public readonly byte Current => _number[_at];

        public bool MoveNext()
        {
            while (++_at < _number.Length && _number[_at] is not ((byte)'e' or (byte)'E'))
            {
                if (char.IsAsciiDigit((char)_number[_at]) && (_started |= _number[_at] != '0'))
                    return true;
            }

            return false;
        }
    }
}
