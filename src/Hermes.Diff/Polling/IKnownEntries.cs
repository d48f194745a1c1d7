using Hermes.Diff.Diffing;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>What the server knew before a poll. Called by the thread that runs the poll.</summary>
public interface IKnownEntries
{
    /// <summary>Hashes keys with the secret of the state.</summary>
    EntryHasher Hasher { get; }

    /// <summary>The index of a type; the same object for the life of the process.</summary>
    FingerprintIndex IndexOf(DataType type);

    /// <summary>The content of a cached entry, as an <see cref="IChangeSink"/> was given it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="id">The id that the store gave it.</param>
    ReadOnlyMemory<byte> Read(DataType type, long id);

    /// <summary>The contents of all cached entries of a type, as a stream, in any order.</summary>
    IEnumerable<ReadOnlyMemory<byte>> ReadAll(DataType type);
}
