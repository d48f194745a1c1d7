namespace Hermes.Sqlite.ClientState;

/// <summary>
/// Tells of most keys that were never put in that they were not (a Bloom filter of 8 MB), without a look into the file: while a client takes an initsync,
/// nearly every entry is new. Right only where every key in the file was put in here too; that of another key costs no more than a look.
/// </summary>
internal sealed class KeyFilter
{
    private const int Bits = 26;
    private const int Probes = 4;

    private readonly ulong[] _bits = new ulong[(1 << Bits) / 64];

    public void Add(long type, ReadOnlySpan<byte> key)
    {
        var hash = Hash(type, key);
        for (var probe = 0; probe < Probes; probe++)
            _bits[Word(hash, probe)] |= Bit(hash, probe);
    }

    /// <summary>False only if the key was never put in.</summary>
    public bool MayHold(long type, ReadOnlySpan<byte> key)
    {
        var hash = Hash(type, key);
        for (var probe = 0; probe < Probes; probe++)
        {
            if ((_bits[Word(hash, probe)] & Bit(hash, probe)) == 0)
                return false;
        }

        return true;
    }

    private static int Word(ulong hash, int probe) => (int)(Place(hash, probe) / 64);

    private static ulong Bit(ulong hash, int probe) => 1UL << (int)(Place(hash, probe) % 64);

    // Two halves of one hash make all probes.
    private static uint Place(ulong hash, int probe) => ((uint)hash + ((uint)probe * ((uint)(hash >> 32) | 1))) & ((1u << Bits) - 1);

    // FNV-1a, with its low bits mixed once more: quick for keys of a few bytes.
    private static ulong Hash(long type, ReadOnlySpan<byte> key)
    {
        var hash = 14695981039346656037UL ^ (ulong)type;
        foreach (var part in key)
            hash = (hash ^ part) * 1099511628211UL;
        hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15UL;
        return hash ^ (hash >> 29);
    }
}
