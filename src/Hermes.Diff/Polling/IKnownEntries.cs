using Hermes.Diff.Diffing;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>What is kept in memory of the entries that were known before a poll.</summary>
internal interface IKnownEntries
{
    /// <summary>Hashes keys with the secret of the state.</summary>
    EntryHasher Hasher { get; }

    /// <summary>The index of a type; the same object for the life of the process.</summary>
    FingerprintIndex IndexOf(DataType type);
}
