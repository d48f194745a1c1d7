using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Constraints;
using Hermes.Diff.Diffing;
using Hermes.Diff.Mapping;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>
/// A type whose rows are mapped, hashed, compared and dropped one by one: it has one source, and what its constraints read is final before
/// its first row. Nothing is kept per entry but the marks in the index.
/// </summary>
internal sealed class StreamedType(TypeChanges changes, ConstraintSet constraints) : ITypePoll, IKeySet
{
    private readonly RowMapper _mapper = new(changes.Type.Sources[0]);
    private readonly DataType _type = changes.Type;
    private readonly List<int> _twice = [];
    private readonly Value[] _values = constraints.Self;

    public TypeChanges Changes => changes;

    public IKeySet Keys => this;

    public int Count => changes.Present;

    public IEnumerable<Entry> Entries => throw new InvalidOperationException($"The entries of {_type.Name} were not kept.");

    IEnumerable<EntryKey>? IKeySet.Keys => null;

    public bool Contains(KeyHash key) => changes.Find(key) is >= 0 and var slot && TypeChanges.IsPresent(changes.Marks(slot));

    public void Add(TypeSource source, SourceRow row)
    {
        changes.Rows++;
        _mapper.MapKey(row, _values);
        var slot = changes.Locate(changes.HashKey(_values));
        ref var marks = ref changes.Marks(slot);
        if ((marks & SlotMarks.Seen) != 0)
        {
            SeenAgain(slot, ref marks);
            return;
        }

        marks |= SlotMarks.Seen;
        _mapper.MapOthers(row, _values, _mapper.NeedsCachedEntry ? changes.ShowCached(slot) : Value.Null);
        if (constraints.Hold())
        {
            changes.Present++;
            changes.Compare(slot, _values);
        }
        else
        {
            marks |= SlotMarks.Dropped;
            changes.IntegrityFiltered.Add(_type, _values, null);
        }
    }

    /// <summary>Puts cached entries in the place of those whose key stood twice in the source.</summary>
    public void Complete(TypeSource source, CancellationToken cancellationToken)
    {
        foreach (var slot in _twice)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!changes.IsCached(slot))
                continue;
            if (constraints.IsEmpty || constraints.Hold(changes.ReadCached(slot).All))
            {
                changes.Present++;
            }
            else
            {
                changes.Marks(slot) |= SlotMarks.Dropped;
                changes.IntegrityFiltered.Add(_type, _values, null);
            }
        }
    }

    private void SeenAgain(int slot, ref SlotMarks marks)
    {
        if ((marks & SlotMarks.Kept) != 0)
            return;
        if ((marks & SlotMarks.Dropped) != 0)
            changes.IntegrityFiltered.Remove(_type, _values);
        else
            changes.Present--;

        changes.Withdraw(slot);
        marks = (marks & ~SlotMarks.Dropped) | SlotMarks.Kept;
        changes.Inconsistencies.Add(_type, _values, _type.Sources[0].Name);
        _twice.Add(slot);
    }
}
