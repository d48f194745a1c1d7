using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;

namespace Hermes.Diff.Benchmarks;

/// <summary>A state that keeps the indexes and throws the contents away: what is measured is the poll.</summary>
internal sealed class NullState(ServerModel model) : IKnownEntries, IChangeSink
{
    private readonly FingerprintIndex[] _indexes = [.. model.Types.Select(type => new FingerprintIndex(type))];
    private long _lastId;

    public EntryHasher Hasher { get; } = new(new byte[16]);

    public FingerprintIndex IndexOf(DataType type) => _indexes[type.Index];

    public ReadOnlyMemory<byte> Read(DataType type, long id) => throw new InvalidOperationException("Nothing should have changed.");

    public IEnumerable<ReadOnlyMemory<byte>> ReadAll(DataType type) => [];

    public long Added(in AddedEntry entry) => ++_lastId;

    public void Modified(in ModifiedEntry entry) => throw new InvalidOperationException("Nothing should have changed.");

    public void Refreshed(in RefreshedEntry entry) => throw new InvalidOperationException("Nothing should have changed.");

    public void Removed(in RemovedEntry entry) => throw new InvalidOperationException("Nothing should have changed.");

    public void Withdraw(DataType type, Hash128 keyHash, long id) => throw new InvalidOperationException("Nothing should have changed.");
}
