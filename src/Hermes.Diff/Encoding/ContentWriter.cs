using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;

namespace Hermes.Diff.Encoding;

/// <summary>
/// Encodes the values of a type's attributes as <see cref="CachedEntry"/> does, without making an entry, and hashes them.
/// </summary>
internal sealed class ContentWriter(TypeLayout layout, EntryHasher hasher)
{
    private readonly ByteBuffer _buffer = new();

    /// <summary>The content last written; valid until the next one.</summary>
    public ReadOnlySpan<byte> Content => _buffer.Written;

    public Hash128 Write(ReadOnlySpan<Value> values)
    {
        _buffer.Clear();
        _buffer.Write(CachedEntry.Version);
        WritePart(layout.Sent, values);
        WritePart(layout.CacheOnly, values);
        foreach (var secret in layout.Secret)
        {
            if (values[secret].IsSet)
                _buffer.Write(layout.EncodedNames[secret]);
        }

        _buffer.Write(ValueCodec.End);
        return hasher.HashContent(_buffer.Written);
    }

    private void WritePart(int[] attributes, ReadOnlySpan<Value> values)
    {
        foreach (var attribute in attributes)
        {
            var value = values[attribute];
            if (value.TryGetString(out var text))
            {
                _buffer.Write(layout.EncodedNames[attribute]);
                ValueCodec.WriteText(_buffer, text);
            }
            else if (value.IsSet)
            {
                _buffer.Write(layout.EncodedNames[attribute]);
                ValueCodec.Write(_buffer, value);
            }
        }

        _buffer.Write(ValueCodec.End);
    }
}
