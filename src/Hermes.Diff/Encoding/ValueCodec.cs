using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Hermes.Abstractions.Data;

namespace Hermes.Diff.Encoding;

/// <summary>
/// The canonical binary form of a value: equal values have the same bytes, different values different ones. A tag, then the content:
/// integers as zigzag varints, decimals without trailing zeros, texts as UTF-8 (or as UTF-16 if they hold a lone surrogate, which UTF-8
/// cannot say), maps in ordinal order of their keys.
/// </summary>
internal static class ValueCodec
{
    /// <summary>Never the tag of a value or text, so it may end a sequence of them.</summary>
    public const byte End = 0;

    private const byte Null = 1;
    private const byte False = 2;
    private const byte True = 3;
    private const byte Integer = 4;
    private const byte Double = 5;
    private const byte Decimal = 6;
    private const byte Text = 7;
    private const byte IllFormedText = 8;
    private const byte DateAndTime = 9;
    private const byte Bytes = 10;
    private const byte List = 11;
    private const byte Map = 12;

    private static readonly UTF8Encoding Utf8 = new(false, true);

    public static void Write(ByteBuffer buffer, Value value)
    {
        if (value.TryGetString(out var text))
        {
            WriteText(buffer, text);
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Null: buffer.Write(Null); break;
            case ValueKind.Boolean: buffer.Write(value.AsBoolean() ? True : False); break;
            case ValueKind.Integer:
                var integer = value.AsInteger();
                buffer.Write(Integer);
                buffer.WriteVarint((ulong)((integer << 1) ^ (integer >> 63)));
                break;
            case ValueKind.Double: WriteFixed(buffer, Double, BitConverter.DoubleToInt64Bits(value.AsDouble())); break;
            case ValueKind.DateTime: WriteFixed(buffer, DateAndTime, value.AsDateTime().Ticks); break;
            case ValueKind.Decimal: WriteDecimal(buffer, value.AsDecimal()); break;
            case ValueKind.Bytes:
                buffer.Write(Bytes);
                buffer.WriteVarint((ulong)value.AsBytes().Length);
                buffer.Write(value.AsBytes().Span);
                break;
            case ValueKind.List:
                buffer.Write(List);
                buffer.WriteVarint((ulong)value.AsList().Count);
                foreach (var item in value.AsList().AsSpan())
                    Write(buffer, item);
                break;
            case ValueKind.Map:
                buffer.Write(Map);
                buffer.WriteVarint((ulong)value.AsMap().Count);
                foreach (var (name, item) in value.AsMap().OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    WriteText(buffer, name);
                    Write(buffer, item);
                }

                break;
            default: throw new ArgumentException($"A value of kind {value.Kind} cannot be stored.", nameof(value));
        }
    }

    public static void WriteText(ByteBuffer buffer, string text)
    {
        // Short texts need one byte for their length, which is then known only after the conversion.
        if (text.Length <= 42)
        {
            var room = buffer.Reserve(2 + (3 * text.Length));
            if (System.Text.Unicode.Utf8.FromUtf16(text, room[2..], out _, out var written, false) == OperationStatus.Done)
            {
                room[0] = Text;
                room[1] = (byte)written;
                buffer.Advance(2 + written);
                return;
            }
        }
        else if (IsWellFormed(text))
        {
            buffer.Write(Text);
            buffer.WriteVarint((ulong)Utf8.GetByteCount(text));
            buffer.Advance(Utf8.GetBytes(text, buffer.Reserve(Utf8.GetByteCount(text))));
            return;
        }

        buffer.Write(IllFormedText);
        buffer.WriteVarint((ulong)(2 * text.Length));
        foreach (var unit in text)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(buffer.Reserve(2), unit);
            buffer.Advance(2);
        }
    }

    public static Value Read(ref ByteReader reader)
    {
        var tag = reader.Byte();
        return tag switch
        {
            Null => Value.Null,
            False => false,
            True => true,
            Integer => Unzigzag(reader.Varint()),
            Double => BitConverter.Int64BitsToDouble(reader.Fixed64()),
            DateAndTime => new DateTime(reader.Fixed64()),
            Decimal => ReadDecimal(ref reader),
            Text or IllFormedText => ReadText(tag, ref reader),
            Bytes => reader.Bytes(reader.Length()).ToArray(),
            List => ReadList(ref reader),
            Map => ReadMap(ref reader),
            _ => throw ByteReader.Damaged(),
        };
    }

    public static string ReadText(byte tag, ref ByteReader reader)
    {
        var bytes = reader.Bytes(reader.Length());
        return tag switch
        {
            Text => Utf8.GetString(bytes),
            IllFormedText => ReadUnits(bytes),
            _ => throw ByteReader.Damaged(),
        };
    }

    /// <summary>Reads the name of an attribute.</summary>
    public static string ReadName(byte tag, ref ByteReader reader) =>
        tag == Text ? SharedNames.Get(reader.Bytes(reader.Length())) : ReadText(tag, ref reader);

    /// <summary>Passes over a value.</summary>
    /// <returns>Its bytes.</returns>
    public static ReadOnlySpan<byte> Skip(ref ByteReader reader)
    {
        var start = reader.Rest;
        PassOver(ref reader);
        return start[..^reader.Rest.Length];
    }

    private static void PassOver(ref ByteReader reader)
    {
        switch (reader.Byte())
        {
            case Null or False or True: break;
            case Integer: reader.Varint(); break;
            case Double or DateAndTime: reader.Bytes(8); break;
            case Decimal: reader.Bytes(16); break;
            case Text or IllFormedText or Bytes: reader.Bytes(reader.Length()); break;
            case List:
                for (var count = reader.Length(); count > 0; count--)
                    PassOver(ref reader);
                break;
            case Map:
                for (var count = 2 * reader.Length(); count > 0; count--)
                    PassOver(ref reader);
                break;
            default: throw ByteReader.Damaged();
        }
    }

    private static long Unzigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    private static string ReadUnits(ReadOnlySpan<byte> bytes)
    {
        var units = new char[bytes.Length / 2];
        for (var i = 0; i < units.Length; i++)
            units[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
        return new string(units);
    }

    private static void WriteFixed(ByteBuffer buffer, byte tag, long bits)
    {
        var room = buffer.Reserve(9);
        room[0] = tag;
        BinaryPrimitives.WriteInt64LittleEndian(room[1..], bits);
        buffer.Advance(9);
    }

    private static void WriteDecimal(ByteBuffer buffer, decimal value)
    {
        // Dividing by a one with 28 decimal places takes off the trailing zeros; zero has a sign that equality does not see.
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value == 0 ? 0m : value / 1.0000000000000000000000000000m, parts);
        buffer.Write(Decimal);
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer.Reserve(4), part);
            buffer.Advance(4);
        }
    }

    private static Value ReadDecimal(ref ByteReader reader)
    {
        Span<int> parts = stackalloc int[4];
        foreach (ref var part in parts)
            part = BinaryPrimitives.ReadInt32LittleEndian(reader.Bytes(4));
        return new decimal(parts);
    }

    private static Value ReadList(ref ByteReader reader)
    {
        var items = new Value[reader.Length()];
        foreach (ref var item in items.AsSpan())
            item = Read(ref reader);
        return ValueList.Create((ReadOnlySpan<Value>)items);
    }

    private static Value ReadMap(ref ByteReader reader)
    {
        var count = reader.Length();
        var pairs = new List<KeyValuePair<string, Value>>(count);
        for (; count > 0; count--)
        {
            var name = ReadText(reader.Byte(), ref reader);
            pairs.Add(new(name, Read(ref reader)));
        }

        return ValueMap.Create(pairs);
    }
}
