using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hermes.Diff.Diffing;

/// <summary>
/// SipHash-2-4 with 128 bits of output: a fast keyed hash for short inputs, pseudo-random to whoever does not know the key. Format: Aumasson
/// and Bernstein, "SipHash", and its reference code.
/// </summary>
/// <remarks>
/// Written here, and not XxHash128 of the platform's packages: that has a seed and no key, and whoever can write into a source could make two contents that
/// it takes for one, so that a change of his is never seen. SHA-256 of the platform costs about a microsecond a call, whatever the length.
/// </remarks>
internal readonly struct SipHash
{
    private readonly ulong _key0;
    private readonly ulong _key1;

    /// <summary>Makes a hash with a key of 16 bytes.</summary>
    public SipHash(ReadOnlySpan<byte> key)
    {
        _key0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        _key1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
    }

    // Compiled with all optimisations at once: the first poll of a server hashes everything before the runtime would find that it is worth it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (ulong First, ulong Second) Hash(ReadOnlySpan<byte> data)
    {
        var v0 = _key0 ^ 0x736f6d6570736575;
        var v1 = _key1 ^ 0x646f72616e646f6d ^ 0xee;
        var v2 = _key0 ^ 0x6c7967656e657261;
        var v3 = _key1 ^ 0x7465646279746573;

        var last = (ulong)data.Length << 56;
        while (data.Length >= 8)
        {
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(data), ref v0, ref v1, ref v2, ref v3);
            data = data[8..];
        }

        for (var i = 0; i < data.Length; i++)
            last |= (ulong)data[i] << (8 * i);
        Absorb(last, ref v0, ref v1, ref v2, ref v3);

        v2 ^= 0xee;
        var first = Squeeze(ref v0, ref v1, ref v2, ref v3);
        v1 ^= 0xdd;
        return (first, Squeeze(ref v0, ref v1, ref v2, ref v3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Squeeze(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        for (var i = 0; i < 4; i++)
            Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
