namespace Hermes.Diff.Encoding;

/// <summary>Bytes that grow while they are written, reused from entry to entry.</summary>
internal sealed class ByteBuffer(int capacity = 512)
{
    /// <summary>A buffer that one huge entry made larger than this is given back to the garbage collector.</summary>
    private const int LargestKept = 1 << 20;

    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > LargestKept)
            _bytes = new byte[capacity];
    }

    /// <summary>Room for at least <paramref name="size"/> bytes; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
            Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max((long)Length + size, 2L * _bytes.Length))));
        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Write(byte value)
    {
        if (Length == _bytes.Length)
            Reserve(1);
        _bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Seven bits per byte, the lowest first; the shortest form only, so that the encoding is canonical.</summary>
    public void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            Write((byte)(value | 0x80));
            value >>= 7;
        }

        Write((byte)value);
    }
}
