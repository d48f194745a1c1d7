using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Encoding;

namespace Hermes.Diff.Diffing;

/// <summary>
/// An entry as the server's store keeps it: what was sent, and what is only cached. Its encoded form is canonical, so that equal entries
/// have the same fingerprint; it also tells the two parts apart, so that an attribute that changes sides is noticed.
/// </summary>
/// <param name="Sent">The attributes that clients have; never secret ones.</param>
/// <param name="CacheOnly">The attributes that are only cached.</param>
internal sealed record CachedEntry(Entry Sent, Entry CacheOnly)
{
    /// <summary>The first byte of the encoded form.</summary>
    internal const byte Version = 2;

    [ThreadStatic]
    private static EntryBuilder? _builder;

    /// <summary>The names of the secret attributes that are set, in ordinal order, so that it is told when one is cleared. Their values are kept nowhere.</summary>
    public ImmutableArray<string> SetSecrets { get; init; } = [];

    /// <summary>All attributes.</summary>
    public Entry All => CacheOnly.Count == 0 ? Sent : Entry.Create(Sent.Concat(CacheOnly));

    /// <summary>Reads an encoded entry.</summary>
    /// <exception cref="InvalidDataException">The content is damaged, or was written by another version.</exception>
    public static CachedEntry Decode(ReadOnlySpan<byte> content)
    {
        var reader = new ByteReader(content);
        if (reader.Byte() != Version)
            throw ByteReader.Damaged();
        return new CachedEntry(ReadPart(ref reader), ReadPart(ref reader)) { SetSecrets = ReadNames(ref reader) };
    }

    /// <summary>The encoded form.</summary>
    public byte[] Encode()
    {
        var buffer = new ByteBuffer();
        buffer.Write(Version);
        WritePart(buffer, Sent);
        WritePart(buffer, CacheOnly);
        foreach (var name in SetSecrets)
            ValueCodec.WriteText(buffer, name);
        buffer.Write(ValueCodec.End);
        return buffer.Written.ToArray();
    }

    /// <summary>This entry when these attributes are the secret ones: of those that were sent, it remains known that they are set.</summary>
    public CachedEntry WithSecret(IReadOnlySet<string> attributes) => new(
        Entry.Create(Sent.Where(attribute => !attributes.Contains(attribute.Key))),
        Entry.Create(CacheOnly.Where(attribute => !attributes.Contains(attribute.Key))))
    {
        SetSecrets = [.. SetSecrets.Union(Sent.Keys).Where(attributes.Contains).Order(StringComparer.Ordinal)],
    };

    private static void WritePart(ByteBuffer buffer, Entry part)
    {
        foreach (var (name, value) in part)
        {
            ValueCodec.WriteText(buffer, name);
            ValueCodec.Write(buffer, value);
        }

        buffer.Write(ValueCodec.End);
    }

    private static ImmutableArray<string> ReadNames(ref ByteReader reader)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        for (var tag = reader.Byte(); tag != ValueCodec.End; tag = reader.Byte())
            names.Add(ValueCodec.ReadName(tag, ref reader));
        return names.DrainToImmutable();
    }

    private static Entry ReadPart(ref ByteReader reader)
    {
        var builder = _builder ??= new EntryBuilder();
        builder.Clear();
        for (var tag = reader.Byte(); tag != ValueCodec.End; tag = reader.Byte())
            builder.Add(ValueCodec.ReadName(tag, ref reader), ValueCodec.Read(ref reader));
        return builder.Build();
    }
}
