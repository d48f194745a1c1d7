using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;

namespace Hermes.ServerRuntime.State;

/// <summary>What a server keeps in memory of its cached entries.</summary>
internal sealed class KnownEntries(EntryHasher hasher, FingerprintIndex[] indexes) : IKnownEntries
{
    public EntryHasher Hasher => hasher;

    /// <summary>How many entries of all types are known.</summary>
    public long Count => indexes.Sum(index => (long)index.Count);

    public static async Task<KnownEntries> LoadAsync(IServerState state, ServerModel model, EntryHasher hasher, CancellationToken cancellationToken)
    {
        var indexes = new FingerprintIndex[model.Types.Length];
        foreach (var type in model.Types)
        {
            var index = indexes[type.Index] = new FingerprintIndex(type);
            await foreach (var batch in state.ReadKeysAsync(type.Name, cancellationToken))
            {
                foreach (var key in batch)
                    index.Load(key.KeyHash, key.Fingerprint, key.Id);
            }
        }

        return new KnownEntries(hasher, indexes);
    }

    public FingerprintIndex IndexOf(DataType type) => indexes[type.Index];

    /// <summary>Forgets which secrets were sent, so that the next poll sends all of them.</summary>
    public void ForgetSecrets()
    {
        foreach (var index in indexes)
            index.ForgetSecrets();
    }
}
