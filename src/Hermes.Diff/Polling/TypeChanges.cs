using System.Runtime.InteropServices;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Encoding;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>Compares the entries of one type with what was known, and reports the differences to the sink.</summary>
internal sealed class TypeChanges
{
    private readonly IKnownEntries _known;
    private readonly IChangeSink _sink;
    private readonly FingerprintIndex _index;
    private readonly KeyTable<IndexSlot> _slots;
    private readonly ContentWriter _writer;
    private readonly SecretDiff _secrets;
    private readonly ByteBuffer _keyBuffer = new(64);
    private readonly List<(int Slot, Fingerprint Fingerprint)> _changed = [];
    private readonly List<ulong> _changedSecrets = [];
    private int _added;
    private int _modified;
    private int _refreshed;
    private int _removed;

    public TypeChanges(DataType type, IKnownEntries known, IChangeSink sink)
    {
        Type = type;
        _known = known;
        _sink = sink;
        _index = known.IndexOf(type);
        _index.BeginPoll();
        _slots = _index.Slots;
        _writer = new ContentWriter(type.Layout, known.Hasher);
        _secrets = new SecretDiff(type, _index);
        Cached = _index.Count;
    }

    public DataType Type { get; }

    /// <summary>How many entries were cached before the poll.</summary>
    public int Cached { get; }

    public long Rows { get; set; }

    /// <summary>How many entries are present.</summary>
    public int Present { get; set; }

    public IssueCollector Inconsistencies { get; } = new();

    public IssueCollector Conflicts { get; } = new();

    public IssueCollector MergeFiltered { get; } = new();

    public IssueCollector IntegrityFiltered { get; } = new();

    /// <summary>Whether removals are held back: the cached entries stay known.</summary>
    public bool HoldsRemovals { get; set; }

    /// <summary>Whether an entry with these marks belongs to the new data.</summary>
    public static bool IsPresent(SlotMarks marks) =>
        (marks & (SlotMarks.Seen | SlotMarks.Dropped)) == SlotMarks.Seen && (marks & (SlotMarks.Kept | SlotMarks.Cached)) != SlotMarks.Kept;

    public KeyHash HashKey(ReadOnlySpan<Value> values)
    {
        _keyBuffer.Clear();
        foreach (var index in Type.KeyIndexes)
            ValueCodec.Write(_keyBuffer, values[index]);
        return _known.Hasher.HashKey(_keyBuffer.Written);
    }

    /// <summary>The slot of a key, made if need be.</summary>
    public int Locate(KeyHash key)
    {
        var slot = _slots.Find(key);
        return slot >= 0 ? slot : _slots.Add(key);
    }

    /// <summary>The slot of a key, or -1.</summary>
    public int Find(KeyHash key) => _slots.Find(key);

    public ref SlotMarks Marks(int slot) => ref _slots[slot].Marks;

    public bool IsCached(int slot) => slot >= 0 && (_slots[slot].Marks & SlotMarks.Cached) != 0;

    public CachedEntry ReadCached(int slot) => CachedEntry.Decode(_known.Read(Type, _slots[slot].Id).Span);

    /// <summary>The cached entry as mappings see it; empty if there is none.</summary>
    public Value ShowCached(int slot) =>
        Value.From(new EntryObject($"the cached entry of {Type.Name}", IsCached(slot) ? ReadCached(slot).All : Entry.Empty));

    /// <summary>Compares an entry of the new data with the cached one, and reports the difference.</summary>
    public void Compare(int slot, ReadOnlySpan<Value> values)
    {
        var fingerprint = _writer.Write(values);
        var secretsDiffer = _secrets.Compare(slot, values);
        ref var entry = ref _slots[slot];
        if ((entry.Marks & SlotMarks.Cached) == 0)
            ReportAdded(slot, ref entry, fingerprint, values);
        else if (secretsDiffer || entry.Fingerprint != fingerprint)
            ReportChanged(slot, ref entry, fingerprint, values);
    }

    /// <summary>Takes back what <see cref="Compare"/> reported, if anything.</summary>
    public void Withdraw(int slot)
    {
        ref var marks = ref _slots[slot].Marks;
        if ((marks & SlotMarks.Reported) == 0)
            return;
        if ((marks & SlotMarks.Cached) == 0)
            _added--;
        else if ((marks & SlotMarks.Refreshed) != 0)
            _refreshed--;
        else
            _modified--;
        marks &= ~(SlotMarks.Reported | SlotMarks.Refreshed);
        _sink.Withdraw(Type, _slots.KeyAt(slot), _slots[slot].Id);
    }

    /// <summary>Reports the cached entries that are not in the new data.</summary>
    public void ReportRemoved(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < _slots.SlotCount; slot++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_slots.IsUsed(slot) || !IsCached(slot) || IsPresent(_slots[slot].Marks))
                continue;
            var old = ReadCached(slot);
            _removed++;
            _sink.Removed(new RemovedEntry(Type, Type.KeyOf(old.All), _slots.KeyAt(slot), _slots[slot].Id, old));
        }
    }

    /// <summary>Makes what the poll found the known state.</summary>
    public void Commit()
    {
        for (var i = 0; i < _changed.Count; i++)
        {
            var (slot, fingerprint) = _changed[i];
            if ((_slots[slot].Marks & SlotMarks.Reported) == 0)
                continue;
            _index.Commit(slot, fingerprint);
            if (_secrets.Count > 0)
                _index.SetSecrets(slot, CollectionsMarshal.AsSpan(_changedSecrets).Slice(i * _secrets.Count, _secrets.Count));
        }

        for (var slot = 0; slot < _slots.SlotCount; slot++)
        {
            if (!_slots.IsUsed(slot))
                continue;
            var marks = _slots[slot].Marks;
            if ((marks & SlotMarks.Cached) != 0)
            {
                if (!IsPresent(marks) && !HoldsRemovals)
                    _index.Remove(slot);
            }
            else if ((marks & SlotMarks.Reported) != 0)
            {
                _index.Commit(slot, _slots[slot].Fingerprint);
            }
            else
            {
                _index.Remove(slot);
            }
        }
    }

    public TypeReport ToReport() => new(
        Type, Cached, Rows, Present, _added, _modified, _refreshed, _removed,
        Inconsistencies.ToList(), Conflicts.ToList(), MergeFiltered.ToList(), IntegrityFiltered.ToList());

    private void ReportAdded(int slot, ref IndexSlot entry, Fingerprint fingerprint, ReadOnlySpan<Value> values)
    {
        _added++;
        entry.Marks |= SlotMarks.Reported;
        entry.Fingerprint = fingerprint;
        entry.Id = _sink.Added(new AddedEntry(Type, _slots.KeyAt(slot), fingerprint, _writer.Content, values));
        if (_secrets.Count > 0)
            Remember(slot, fingerprint);
    }

    private void ReportChanged(int slot, ref IndexSlot entry, Fingerprint fingerprint, ReadOnlySpan<Value> values)
    {
        var old = entry.Fingerprint == fingerprint ? null : ReadCached(slot);
        var changes = old is null
            ? AttributeChanges.None
            : AttributeDiff.Between(WithoutSensitive(old.Sent), Type.Layout.Select(Type.Layout.Sent, values));
        var secretChanges = _secrets.Changes(slot, values);

        entry.Marks |= SlotMarks.Reported;
        Remember(slot, fingerprint);
        if (changes.IsEmpty && secretChanges.IsEmpty)
        {
            _refreshed++;
            entry.Marks |= SlotMarks.Refreshed;
            _sink.Refreshed(new RefreshedEntry(Type, _slots.KeyAt(slot), entry.Id, fingerprint, _writer.Content));
            return;
        }

        _modified++;
        _sink.Modified(new ModifiedEntry(Type, _slots.KeyAt(slot), entry.Id, fingerprint, _writer.Content, values)
        {
            Changes = changes,
            SecretChanges = secretChanges,
            Old = old,
        });
    }

    private void Remember(int slot, Fingerprint fingerprint)
    {
        _changed.Add((slot, fingerprint));
        _changedSecrets.AddRange(_secrets.Current);
    }

    // An attribute that became secret was sent before and is sent again as a secret: for the clients it never went away.
    private Entry WithoutSensitive(Entry sent) => Type.SecretAttributes.Any(sent.ContainsKey)
        ? Entry.Create(sent.Where(attribute => !Type.SecretAttributes.Contains(attribute.Key)))
        : sent;
}
