using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;

namespace Hermes.Diff.Benchmarks;

/// <summary>A state that keeps the indexes and throws the contents away: what is measured is the poll.</summary>
internal sealed class NullState(ServerModel model) : IKnownEntries
{
    private readonly FingerprintIndex[] _indexes = [.. model.Types.Select(type => new FingerprintIndex(type))];

    public EntryHasher Hasher { get; } = new(new byte[16]);

    public FingerprintIndex IndexOf(DataType type) => _indexes[type.Index];

    /// <summary>Takes the changes of a batch.</summary>
    public static void Compare(Poll poll, EntryBatch batch)
    {
        var comparison = poll[batch.Type].Changes.Comparison;
        Refuse(comparison.Compare(batch));
        foreach (var change in comparison.Complete())
        {
            if (change is not AddedEntry)
                throw new InvalidOperationException("Nothing should have changed.");
        }
    }

    /// <summary>Checks that nothing is needed of the cached contents.</summary>
    public static void Refuse(CachedContents contents)
    {
        if (contents.Needed.Count > 0)
            throw new InvalidOperationException("Nothing should have changed.");
    }
}
