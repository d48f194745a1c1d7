using Hermes.Abstractions.Data;
using Hermes.Diff.Constraints;
using Hermes.Diff.Diffing;
using Hermes.Diff.Mapping;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>
/// A type whose entries are judged, compared and dropped batch by batch: it has one source, and what its constraints read is final before
/// its first row. Nothing is kept per entry but the marks in the index.
/// </summary>
internal sealed class StreamedType(TypeChanges changes, ConstraintSet constraints) : ITypePoll, IKeySet
{
    private readonly SourceMapping _mapping = new(changes.Type.Sources[0], changes);
    private readonly DataType _type = changes.Type;
    private readonly List<int> _standIns = [];
    private readonly CachedContents _kept = new(changes.Type);

    public TypeChanges Changes => changes;

    public IKeySet Keys => this;

    public int Count => changes.Present;

    public IEnumerable<Entry> Entries => throw new InvalidOperationException($"The entries of {_type.Name} were not kept.");

    IEnumerable<EntryKey>? IKeySet.Keys => null;

    public bool Contains(Hash128 key) => changes.Find(key) is >= 0 and var slot && TypeChanges.IsPresent(changes.Marks(slot));

    public SourceMapping MappingOf(TypeSource source) => _mapping;

    /// <summary>
    /// Finds the slots of entries, and leaves out those whose row could not be mapped, or whose key was there before, in this batch or an earlier one.
    /// </summary>
    public void Locate(EntryBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var slot = changes.Locate(batch.Keys[i]);
            ref var marks = ref changes.Marks(slot);
            var isNew = (marks & SlotMarks.Seen) == 0;
            if (isNew && !batch.IsBad[i])
            {
                marks |= SlotMarks.Seen;
                batch.Slots[i] = slot;
                continue;
            }

            batch.Slots[i] = EntryBatch.LeftOut;
            if (isNew)
                Keep(slot, ref marks);
            else if ((marks & SlotMarks.Kept) == 0)
                SeenAgain(batch, i, slot, ref marks);
        }
    }

    /// <summary>Drops the entries for which a constraint is not true.</summary>
    public void Judge(EntryBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.Slots[i] == EntryBatch.LeftOut)
                continue;
            ref var marks = ref changes.Marks(batch.Slots[i]);
            if ((marks & SlotMarks.Kept) != 0)
            {
                batch.Slots[i] = EntryBatch.LeftOut;
                continue;
            }

            marks |= SlotMarks.Judged;
            if (constraints.IsEmpty || Holds(batch[i]))
            {
                changes.Present++;
                continue;
            }

            marks |= SlotMarks.Dropped;
            changes.IntegrityFiltered.Add(_type, batch[i], null);
            batch.Slots[i] = EntryBatch.LeftOut;
        }
    }

    /// <summary>What <see cref="JudgeKept"/> needs, when the source is read.</summary>
    public CachedContents NeededOfKept()
    {
        foreach (var slot in _standIns)
        {
            if (!constraints.IsEmpty && changes.IsCached(slot))
                _kept.Need(changes.IdOf(slot));
        }

        return _kept;
    }

    /// <summary>Puts cached entries in the place of those whose key stood twice in the source, or whose row could not be mapped.</summary>
    public void JudgeKept(CancellationToken cancellationToken)
    {
        foreach (var slot in _standIns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!changes.IsCached(slot))
                continue;
            if (constraints.IsEmpty || constraints.Hold(_kept[changes.IdOf(slot)].All))
            {
                changes.Present++;
            }
            else
            {
                changes.Marks(slot) |= SlotMarks.Dropped;
                changes.IntegrityFiltered.Add(_type, constraints.Self, null);
            }
        }

        _kept.Clear();
    }

    private bool Holds(ReadOnlySpan<Value> values)
    {
        values.CopyTo(constraints.Self);
        return constraints.Hold();
    }

    private void SeenAgain(EntryBatch batch, int entry, int slot, ref SlotMarks marks)
    {
        if ((marks & SlotMarks.Dropped) != 0)
            changes.IntegrityFiltered.Remove(_type, batch[entry]);
        else if ((marks & SlotMarks.Judged) != 0)
            changes.Present--;

        if ((marks & SlotMarks.Reported) != 0)
            batch.Withdrawn.Add(slot);
        Keep(slot, ref marks);
        changes.Inconsistencies.Add(_type, batch[entry], _type.Sources[0].Name);
    }

    private void Keep(int slot, ref SlotMarks marks)
    {
        marks = (marks & ~SlotMarks.Dropped) | SlotMarks.Seen | SlotMarks.Kept;
        _standIns.Add(slot);
    }
}
