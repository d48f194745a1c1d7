using Hermes.Abstractions.Data;

namespace Hermes.Diff.Encoding;

/// <summary>
/// Holds the mapped rows of one type for the time of a poll, encoded: a fraction of what the values would take as objects.
/// </summary>
internal sealed class RowArena
{
    private const int PositionBits = 20;
    private const int SmallestChunk = 1 << 12;
    private const int LargestChunk = 1 << PositionBits;

    private readonly List<byte[]> _chunks = [];
    private readonly ByteBuffer _buffer = new();
    private int _used;

    /// <summary>Keeps a row.</summary>
    /// <returns>Where it lies.</returns>
    public long Append(ReadOnlySpan<Value> values)
    {
        _buffer.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsSet)
                continue;
            _buffer.WriteVarint((ulong)i + 1);
            ValueCodec.Write(_buffer, values[i]);
        }

        _buffer.WriteVarint(0);
        return Append(_buffer.Written);
    }

    /// <summary>Reads a row.</summary>
    /// <param name="address">Where it lies.</param>
    /// <param name="values">Receives the values; null for attributes that are not set or not wanted.</param>
    /// <param name="wanted">Per attribute whether it is wanted; empty for all.</param>
    public void Read(long address, Span<Value> values, ReadOnlySpan<bool> wanted)
    {
        values.Clear();
        var reader = ReaderAt(address);
        for (var attribute = (int)reader.Varint(); attribute != 0; attribute = (int)reader.Varint())
        {
            if (wanted.IsEmpty || wanted[attribute - 1])
                values[attribute - 1] = ValueCodec.Read(ref reader);
            else
                ValueCodec.Skip(ref reader);
        }
    }

    /// <summary>
    /// Joins two rows: what only one has set is taken, and of attributes that both have set the first row's value. Since the encoding is
    /// canonical, values are compared as bytes.
    /// </summary>
    /// <param name="first">Where the row lies whose values count more.</param>
    /// <param name="second">Where the other row lies.</param>
    /// <param name="conflicts">Receives the attributes that both set to different values.</param>
    /// <returns>Where the joined row lies: at <paramref name="first"/> if the second has nothing new.</returns>
    public long Join(long first, long second, List<int> conflicts)
    {
        var mine = ReaderAt(first);
        var theirs = ReaderAt(second);
        var (a, b) = (mine.Varint(), theirs.Varint());
        var isNew = false;
        _buffer.Clear();
        while (a != 0 || b != 0)
        {
            var takesMine = b == 0 || (a != 0 && a <= b);
            var attribute = takesMine ? a : b;
            var value = takesMine ? ValueCodec.Skip(ref mine) : ValueCodec.Skip(ref theirs);
            if (a == b && !ValueCodec.Skip(ref theirs).SequenceEqual(value))
                conflicts.Add((int)attribute - 1);

            _buffer.WriteVarint(attribute);
            _buffer.Write(value);
            isNew |= !takesMine;
            (a, b) = (a == attribute ? mine.Varint() : a, b == attribute ? theirs.Varint() : b);
        }

        _buffer.WriteVarint(0);
        return isNew ? Append(_buffer.Written) : first;
    }

    private long Append(ReadOnlySpan<byte> row)
    {
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < row.Length)
        {
            var next = _chunks.Count == 0 ? SmallestChunk : Math.Clamp(2 * _chunks[^1].Length, SmallestChunk, LargestChunk);
            _chunks.Add(new byte[Math.Max(next, row.Length)]);
            _used = 0;
        }

        row.CopyTo(_chunks[^1].AsSpan(_used));
        var address = ((long)(_chunks.Count - 1) << PositionBits) | (uint)_used;

        // What follows a row larger than a chunk could not be addressed: the next row starts a chunk of its own.
        _used = row.Length > LargestChunk ? _chunks[^1].Length : _used + row.Length;
        return address;
    }

    private ByteReader ReaderAt(long address) => new(_chunks[(int)(address >> PositionBits)].AsSpan((int)(address & (LargestChunk - 1))));
}
