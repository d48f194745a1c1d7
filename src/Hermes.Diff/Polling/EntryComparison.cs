using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Encoding;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>
/// Compares entries with the cached ones, batch by batch: <see cref="Compare(EntryBatch)"/> goes by fingerprints alone; of those that
/// differ it needs the cached contents, and with them <see cref="Complete()"/> tells the changes.
/// </summary>
internal sealed class EntryComparison
{
    private readonly TypeChanges _type;
    private readonly FingerprintIndex _index;
    private readonly KeyTable<IndexSlot> _slots;
    private readonly ContentWriter _writer;
    private readonly SecretDiff _secrets;
    private readonly CachedContents _cached;
    private readonly bool _alwaysNeedsOld;
    private readonly List<EntryChange?> _found = [];
    private readonly List<OpenChange> _open = [];
    private readonly List<SetAsideEntry> _setAside = [];
    private LostAttributes? _lost;

    public EntryComparison(TypeChanges type, FingerprintIndex index, EntryHasher hasher)
    {
        _type = type;
        _index = index;
        _slots = index.Slots;
        _writer = new ContentWriter(type.Type.Layout, hasher);
        _secrets = new SecretDiff(type.Type, index);
        _cached = new CachedContents(type.Type);
        _alwaysNeedsOld = type.Type.Sources.Any(source => source.CommitOne?.Uses.Contains(TemplateVariables.ItemCachedValues) ?? false);
    }

    public int Added { get; private set; }

    public int Modified { get; private set; }

    public int Refreshed { get; private set; }

    /// <summary>The entries of the batch last compared of which nothing is told yet, because they would lose an attribute that is watched.</summary>
    public IReadOnlyList<SetAsideEntry> SetAside => _setAside;

    /// <summary>Sets entries aside that would lose one of these attributes, from the next batch on.</summary>
    /// <param name="attributes">The indexes of the attributes.</param>
    public LostAttributes Watch(IReadOnlyCollection<int> attributes) => _lost = new LostAttributes(_type, attributes);

    /// <summary>Compares entries as they are, from the next batch on.</summary>
    public void WatchNoMore() => _lost = null;

    /// <summary>Compares the entries of a batch.</summary>
    /// <returns>The cached entries that are needed to complete the comparison.</returns>
    public CachedContents Compare(EntryBatch batch)
    {
        _found.Clear();
        _setAside.Clear();
        _cached.Clear();
        foreach (var slot in batch.Withdrawn)
            Withdraw(slot);
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.Slots[i] != EntryBatch.LeftOut)
                Compare(batch, i, batch.Slots[i]);
        }

        return _cached;
    }

    /// <summary>The changes of the batch last compared, in the order of the entries. Valid until the next comparison.</summary>
    public IReadOnlyList<EntryChange> Complete()
    {
        foreach (var open in _open)
            _found[open.Place] = Complete(open);
        _open.Clear();
        if (_setAside.Count > 0)
            _found.RemoveAll(change => change is null);
        return _found!;
    }

    private void Compare(EntryBatch batch, int entry, int slot)
    {
        var values = batch[entry];
        var fingerprint = _writer.Write(values);
        var secretsDiffer = _secrets.Compare(slot, values);
        ref var known = ref _slots[slot];
        if ((known.Marks & SlotMarks.Cached) == 0)
        {
            Add(batch, entry, slot, fingerprint);
            return;
        }

        _lost?.Count(values);
        if (secretsDiffer || known.Fingerprint != fingerprint)
            Change(batch, entry, slot, fingerprint);
    }

    private void Add(EntryBatch batch, int entry, int slot, Hash128 fingerprint)
    {
        Added++;
        ref var known = ref _slots[slot];
        known.Marks |= SlotMarks.Reported;
        known.Fingerprint = fingerprint;
        known.Id = _index.TakeId();
        _found.Add(new AddedEntry(_type.Type, batch.Keys[entry], known.Id, fingerprint, _writer.Content.ToArray(), new BatchedValues(batch, entry)));
        if (_secrets.Count > 0)
            _type.Remember(slot, fingerprint, _secrets.Current);
    }

    private void Change(EntryBatch batch, int entry, int slot, Hash128 fingerprint)
    {
        _slots[slot].Marks |= SlotMarks.Reported;
        _type.Remember(slot, fingerprint, _secrets.Current);
        var change = new OpenChange
        {
            Slot = slot,
            Place = _found.Count,
            New = new NewContent(fingerprint, _writer.Content.ToArray(), new BatchedValues(batch, entry), _secrets.Changes(slot, batch[entry])),
        };
        _found.Add(null);
        _open.Add(change);
        if (_alwaysNeedsOld || _slots[slot].Fingerprint != fingerprint)
            _cached.Need(_slots[slot].Id);
    }

    private void Withdraw(int slot)
    {
        ref var known = ref _slots[slot];
        var isCached = (known.Marks & SlotMarks.Cached) != 0;
        if (!isCached)
            Added--;
        else if ((known.Marks & SlotMarks.Refreshed) != 0)
            Refreshed--;
        else
            Modified--;
        known.Marks &= ~(SlotMarks.Reported | SlotMarks.Refreshed);
        if (isCached)
            _cached.Need(known.Id);
        _open.Add(new OpenChange { Slot = slot, Place = _found.Count });
        _found.Add(null);
    }

    private EntryChange? Complete(in OpenChange open)
    {
        ref var known = ref _slots[open.Slot];
        var key = _slots.KeyAt(open.Slot);
        _cached.TryGet(known.Id, out var old);
        if (open.New is not { } found)
            return new WithdrawnEntry(_type.Type, key, known.Id, known.Fingerprint, old);

        var cached = old is null ? null : CachedEntry.Decode(old);
        if (cached is not null && _lost?.SetAside(open.Slot, found.Values.Span, cached, found.SecretChanges) is { } setAside)
        {
            _setAside.Add(setAside);
            known.Marks &= ~SlotMarks.Reported;
            return null;
        }

        var changes = known.Fingerprint == found.Fingerprint
            ? AttributeChanges.None
            : AttributeDiff.Between(WithoutSensitive(cached!.Sent), _type.Type.Layout.Select(_type.Type.Layout.Sent, found.Values.Span));
        var secretChanges = cached is null ? found.SecretChanges : _secrets.WithCleared(found.SecretChanges, found.Values.Span, cached);
        if (changes.IsEmpty && secretChanges.IsEmpty)
        {
            Refreshed++;
            known.Marks |= SlotMarks.Refreshed;
            return new RefreshedEntry(_type.Type, key, known.Id, found.Fingerprint, found.Content);
        }

        Modified++;
        return new ModifiedEntry(_type.Type, key, known.Id, found.Fingerprint, found.Content, found.Values, changes, secretChanges, cached);
    }

    // An attribute that became secret was sent before and is sent again as a secret: for the clients it never went away.
    private Entry WithoutSensitive(Entry sent) => _type.Type.SecretAttributes.Any(sent.ContainsKey)
        ? Entry.Create(sent.Where(attribute => !_type.Type.SecretAttributes.Contains(attribute.Key)))
        : sent;

    /// <summary>A change that waits for the cached content: of an entry with a new content, or of one that is taken back.</summary>
    private readonly record struct OpenChange(int Slot, int Place, NewContent? New);

    private sealed record NewContent(Hash128 Fingerprint, byte[] Content, BatchedValues Values, AttributeChanges SecretChanges);
}
