using Hermes.Abstractions.Data;

namespace Hermes.Diff.Encoding;

/// <summary>
/// Entries and keys in a compact binary form, for stores. Canonical: equal ones have equal bytes. Safe to use from several threads.
/// </summary>
public static class EntryCodec
{
    [ThreadStatic]
    private static ByteBuffer? _buffer;

    [ThreadStatic]
    private static EntryBuilder? _builder;

    /// <summary>Encodes an entry.</summary>
    public static byte[] Encode(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var buffer = Buffer();
        foreach (var (name, value) in entry)
        {
            ValueCodec.WriteText(buffer, name);
            ValueCodec.Write(buffer, value);
        }

        return buffer.Written.ToArray();
    }

    /// <summary>Decodes what <see cref="Encode"/> returned.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or were written by another version.</exception>
    public static Entry Decode(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
            return Entry.Empty;
        var reader = new ByteReader(content);
        var builder = _builder ??= new EntryBuilder();
        builder.Clear();
        while (!reader.AtEnd)
            builder.Add(ValueCodec.ReadName(reader.Byte(), ref reader), ValueCodec.Read(ref reader));
        return builder.Build();
    }

    /// <summary>Encodes a key.</summary>
    public static byte[] EncodeKey(EntryKey key)
    {
        var buffer = Buffer();
        ValueCodec.Write(buffer, key.ToValue());
        return buffer.Written.ToArray();
    }

    /// <summary>Decodes what <see cref="EncodeKey"/> returned.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or were written by another version.</exception>
    public static EntryKey DecodeKey(ReadOnlySpan<byte> content)
    {
        var reader = new ByteReader(content);
        return EntryKey.TryCreate(ValueCodec.Read(ref reader), out var key) ? key : throw ByteReader.Damaged();
    }

    private static ByteBuffer Buffer()
    {
        var buffer = _buffer ??= new ByteBuffer();
        buffer.Clear();
        return buffer;
    }
}
