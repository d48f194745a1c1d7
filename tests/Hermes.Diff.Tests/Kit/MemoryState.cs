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
internal sealed class MemoryState : IKnownEntries
{
    private readonly Dictionary<DataType, FingerprintIndex> _indexes = [];
    private readonly Dictionary<(string Type, long Id), byte[]> _stored = [];
    private readonly Dictionary<(string Type, Hash128 Key), (Change Change, long Id, byte[]? Content)> _staged = [];
    private readonly List<(string Type, Hash128 Key)> _order = [];

    public EntryHasher Hasher { get; } = new([.. Enumerable.Range(0, 16).Select(i => (byte)i)]);

    /// <summary>How many contents were read back.</summary>
    public int Reads { get; private set; }

    public FingerprintIndex IndexOf(DataType type) => _indexes.TryGetValue(type, out var index) ? index : _indexes[type] = new FingerprintIndex(type);

    /// <summary>Hands in the contents that a part of a poll needs.</summary>
    public void Give(CachedContents contents)
    {
        Reads += contents.Needed.Count;
        contents.Give([.. contents.Needed.Select(id => _stored[(contents.Type.Name, id)])]);
    }

    public IReadOnlyList<byte[]> ReadAll(DataType type) => [.. _stored.Where(pair => pair.Key.Type == type.Name).Select(pair => pair.Value)];

    public IEnumerable<CachedEntry> Stored(string type) => _stored.Where(pair => pair.Key.Type == type).Select(pair => CachedEntry.Decode(pair.Value));

    /// <summary>Stages what a poll tells.</summary>
    public void Take(EntryChange change)
    {
        switch (change)
        {
            case AddedEntry added:
                Hasher.HashContent(added.Content).Should().Be(added.Fingerprint);
                Hasher.HashKey(added.Key).Should().Be(added.KeyHash);
                Stage(added, new AddedChange(added.Type.Name, added.Key.ToString(), added.Attributes, added.Secrets, added.Values.Fetched), added.Content);
                break;
            case ModifiedEntry modified:
                Stage(
                    modified,
                    new ModifiedChange(modified.Type.Name, modified.Key.ToString(), modified.Changes, modified.SecretChanges),
                    modified.Content);
                break;
            case RefreshedEntry refreshed:
                var key = refreshed.Type.KeyOf(CachedEntry.Decode(refreshed.Content).All).ToString();
                Stage(refreshed, new RefreshedChange(refreshed.Type.Name, key), refreshed.Content);
                break;
            case RemovedEntry removed:
                Stage(removed, new RemovedChange(removed.Type.Name, removed.Key.ToString()), null);
                break;
            case WithdrawnEntry withdrawn:
                _staged.Remove((withdrawn.Type.Name, withdrawn.KeyHash)).Should().BeTrue("only what was told is withdrawn");
                _order.Remove((withdrawn.Type.Name, withdrawn.KeyHash));
                _stored.GetValueOrDefault((withdrawn.Type.Name, withdrawn.Id)).Should().Equal(withdrawn.Cached);
                break;
        }
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

    private void Stage(EntryChange entry, Change change, byte[]? content)
    {
        _staged.TryAdd((entry.Type.Name, entry.KeyHash), (change, entry.Id, content)).Should().BeTrue("an entry is told once");
        _order.Add((entry.Type.Name, entry.KeyHash));
    }
}
