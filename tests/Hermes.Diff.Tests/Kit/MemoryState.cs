using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;

namespace Hermes.Diff.Tests.Kit;

/// <summary>Something that a poll reported.</summary>
internal abstract record Change(string Type, string Key);

internal sealed record AddedChange(string Type, string Key, Entry Attributes, Entry Secrets, Entry Fetched) : Change(Type, Key);

internal sealed record ModifiedChange(string Type, string Key, AttributeChanges Changes, AttributeChanges Secrets) : Change(Type, Key);

internal sealed record RefreshedChange(string Type, string Key) : Change(Type, Key);

internal sealed record RemovedChange(string Type, string Key) : Change(Type, Key);

/// <summary>A store in memory that stages what a poll reports and takes it over when told so.</summary>
internal sealed class MemoryState : IKnownEntries, IChangeSink
{
    private readonly Dictionary<DataType, FingerprintIndex> _indexes = [];
    private readonly Dictionary<(string Type, long Id), byte[]> _stored = [];
    private readonly Dictionary<(string Type, Hash128 Key), (Change Change, long Id, byte[]? Content)> _staged = [];
    private readonly List<(string Type, Hash128 Key)> _order = [];
    private long _lastId;

    public EntryHasher Hasher { get; } = new([.. Enumerable.Range(0, 16).Select(i => (byte)i)]);

    /// <summary>How many contents were read back.</summary>
    public int Reads { get; private set; }

    public FingerprintIndex IndexOf(DataType type) => _indexes.TryGetValue(type, out var index) ? index : _indexes[type] = new FingerprintIndex(type);

    public ReadOnlyMemory<byte> Read(DataType type, long id)
    {
        Reads++;
        return _stored[(type.Name, id)];
    }

    public IEnumerable<ReadOnlyMemory<byte>> ReadAll(DataType type) =>
        _stored.Where(pair => pair.Key.Type == type.Name).Select(pair => (ReadOnlyMemory<byte>)pair.Value);

    public IEnumerable<CachedEntry> Stored(string type) => _stored.Where(pair => pair.Key.Type == type).Select(pair => CachedEntry.Decode(pair.Value));

    public long Added(in AddedEntry entry)
    {
        var change = new AddedChange(entry.Type.Name, entry.Key.ToString(), entry.Attributes, entry.Secrets, entry.Fetched);
        Stage(entry.Type, entry.KeyHash, change, ++_lastId, entry.Content.ToArray());
        Hasher.HashContent(entry.Content).Should().Be(entry.Fingerprint);
        Hasher.HashKey(entry.Key).Should().Be(entry.KeyHash);
        return _lastId;
    }

    public void Modified(in ModifiedEntry entry) => Stage(
        entry.Type,
        entry.KeyHash,
        new ModifiedChange(entry.Type.Name, entry.Key.ToString(), entry.Changes, entry.SecretChanges),
        entry.Id,
        entry.Content.ToArray());

    public void Refreshed(in RefreshedEntry entry)
    {
        var key = entry.Type.KeyOf(CachedEntry.Decode(entry.Content).All).ToString();
        Stage(entry.Type, entry.KeyHash, new RefreshedChange(entry.Type.Name, key), entry.Id, entry.Content.ToArray());
    }

    public void Removed(in RemovedEntry entry)
    {
        Stage(entry.Type, entry.KeyHash, new RemovedChange(entry.Type.Name, entry.Key.ToString()), entry.Id, null);
    }

    public void Withdraw(DataType type, Hash128 keyHash, long id)
    {
        _staged.Remove((type.Name, keyHash)).Should().BeTrue("only what was reported is withdrawn");
        _order.Remove((type.Name, keyHash));
    }

    /// <summary>What is staged, in the order it was reported.</summary>
    public ImmutableArray<Change> Staged => [.. _order.Select(key => _staged[key].Change)];

    public void Drop()
    {
        _staged.Clear();
        _order.Clear();
    }

    public void Store()
    {
        foreach (var (key, (_, id, content)) in _staged)
        {
            if (content is null)
                _stored.Remove((key.Type, id)).Should().BeTrue();
            else
                _stored[(key.Type, id)] = content;
        }

        Drop();
    }

    /// <summary>The same store after a restart: the indexes are built from it anew.</summary>
    public void Restart(ServerModel model)
    {
        Drop();
        _indexes.Clear();
        foreach (var type in model.Types)
        {
            var index = IndexOf(type);
            foreach (var ((_, id), content) in _stored.Where(pair => pair.Key.Type == type.Name))
                index.Load(Hasher.HashKey(type.KeyOf(CachedEntry.Decode(content).All)), Hasher.HashContent(content), id);
        }
    }

    private void Stage(DataType type, Hash128 keyHash, Change change, long id, byte[]? content)
    {
        _staged.TryAdd((type.Name, keyHash), (change, id, content)).Should().BeTrue("an entry is reported once");
        _order.Add((type.Name, keyHash));
    }
}
