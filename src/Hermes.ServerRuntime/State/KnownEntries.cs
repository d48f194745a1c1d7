using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;

namespace Hermes.ServerRuntime.State;

/// <summary>What a server knows of its cached entries: an index in memory, and the contents in the state.</summary>
internal sealed class KnownEntries : IKnownEntries
{
    private readonly IServerState _state;
    private readonly FingerprintIndex[] _indexes;

    private KnownEntries(IServerState state, EntryHasher hasher, FingerprintIndex[] indexes)
    {
        _state = state;
        Hasher = hasher;
        _indexes = indexes;
    }

    public EntryHasher Hasher { get; }

    /// <summary>How many entries of all types are known.</summary>
    public long Count => _indexes.Sum(index => (long)index.Count);

    public static KnownEntries Load(IServerState state, ServerModel model, EntryHasher hasher)
    {
        var indexes = new FingerprintIndex[model.Types.Length];
        foreach (var type in model.Types)
        {
            var index = indexes[type.Index] = new FingerprintIndex(type);
            foreach (var key in state.ReadKeys(type.Name))
                index.Load(key.KeyHash, key.Fingerprint, key.Id);
        }

        return new KnownEntries(state, hasher, indexes);
    }

    public FingerprintIndex IndexOf(DataType type) => _indexes[type.Index];

    public ReadOnlyMemory<byte> Read(DataType type, long id) => _state.ReadContent(type.Name, id);

    public IEnumerable<ReadOnlyMemory<byte>> ReadAll(DataType type)
    {
        foreach (var entry in ReadEntries(type))
            yield return entry.Row.Content;
    }

    public IEnumerable<StoredEntry> ReadEntries(DataType type) => _state.ReadEntries(type.Name);

    /// <summary>Forgets which secrets were sent, so that the next poll sends all of them.</summary>
    public void ForgetSecrets()
    {
        foreach (var index in _indexes)
            index.ForgetSecrets();
    }
}
