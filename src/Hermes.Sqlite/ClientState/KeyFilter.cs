using System.IO.Hashing;

namespace Hermes.Sqlite.ClientState;

/// <summary>
/// Tells of most keys that were never put in that they were not (a Bloom filter of 8 MB), without a look into the file: while a client takes an initsync,
/// nearly every entry is new. Right only where every key in the file was put in here too; that of another key costs no more than a look.
/// </summary>
internal sealed class KeyFilter
{
    private const int Blocks = 1 << 17;
    private const int WordsPerBlock = 8;
    private const int Probes = 4;

    private readonly ulong[] _bits = new ulong[Blocks * WordsPerBlock];

    public void Add(long type, ReadOnlySpan<byte> key)
    {
        var hash = Hash(type, key);
        var block = BlockOf(hash);
        for (var probe = 0; probe < Probes; probe++)
            block[Word(hash, probe)] |= Bit(hash, probe);
    }

    /// <summary>False only if the key was never put in.</summary>
    public bool MayHold(long type, ReadOnlySpan<byte> key)
    {
        var hash = Hash(type, key);
        var block = BlockOf(hash);
        for (var probe = 0; probe < Probes; probe++)
        {
            if ((block[Word(hash, probe)] & Bit(hash, probe)) == 0)
                return false;
        }

        return true;
    }

    // All bits of a key lie in one block of 64 bytes, so that a look costs one way to memory: the upper bits of the hash choose it, and nine bits for each
    // probe choose the word in it and the bit in that.
    private Span<ulong> BlockOf(ulong hash) => _bits.AsSpan((int)(hash >> 47) * WordsPerBlock, WordsPerBlock);

    private static int Word(ulong hash, int probe) => (int)(hash >> (9 * probe)) & (WordsPerBlock - 1);

    private static ulong Bit(ulong hash, int probe) => 1UL << ((int)(hash >> ((9 * probe) + 3)) & 63);

    private static ulong Hash(long type, ReadOnlySpan<byte> key) => XxHash3.HashToUInt64(key, type);
}
