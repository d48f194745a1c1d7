using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Constraints;
using Hermes.Diff.Diffing;
using Hermes.Diff.Encoding;
using Hermes.Diff.Mapping;
using Hermes.Diff.Merge;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>
/// A type whose entries are held until all types are read, since other sources, other entries or later types decide about them.
/// They are merged when the last source is read, and constrained and compared at the end of the poll.
/// </summary>
internal sealed class CollectedType : ITypePoll
{
    private readonly DataType _type;
    private readonly EntryHasher _hasher;
    private readonly ImmutableArray<SourceMapping> _mappings;
    private CollectedRows[] _sources;

    public CollectedType(TypeChanges changes, EntryHasher hasher)
    {
        Changes = changes;
        _type = changes.Type;
        _hasher = hasher;
        _mappings = [.. _type.Sources.Select(source => new SourceMapping(source, changes))];
        Kept = new CachedContents(_type);
        var arena = new RowArena();
        _sources = [.. _type.Sources.Select(_ => new CollectedRows(changes, arena, Kept))];
        Rows = _sources[0];
    }

    public TypeChanges Changes { get; }

    /// <summary>The cached entries that stand in for others. It asks for them after each source, and after the merge.</summary>
    public CachedContents Kept { get; }

    /// <summary>The entries: those of the first source, into which the others are merged.</summary>
    public CollectedRows Rows { get; }

    public IKeySet Keys => Rows;

    public IEnumerable<Entry> Entries => Rows.Entries;

    public SourceMapping MappingOf(TypeSource source) => _mappings[source.Index];

    /// <summary>Takes entries of a source.</summary>
    public void Take(EntryBatch batch)
    {
        var source = batch.Source!;
        for (var i = 0; i < batch.Count; i++)
        {
            var rows = _sources[source.Index];
            if (rows.TryAdd(batch.Keys[i], batch[i], out var isNews))
            {
                if (batch.IsBad[i])
                    rows.Keep(rows.Find(batch.Keys[i]));
            }
            else if (isNews)
            {
                Changes.Inconsistencies.Add(_type, batch[i], source.Name);
            }
        }
    }

    /// <summary>Merges, when the last source is read.</summary>
    /// <exception cref="EvaluationException">A constraint failed; the poll is to be dropped.</exception>
    public void Merge(CancellationToken cancellationToken)
    {
        Fixpoint.Reach([.. _type.Sources.Select(candidate => (candidate.Name, ConstrainedBy(candidate)))], cancellationToken);
        var merge = new SourceMerge(Changes, Rows);
        foreach (var next in _type.Sources.Skip(1))
            merge.Add(next, _sources[next.Index]);
        merge.LeaveOutUncached();
        _sources = [];
    }

    /// <summary>The entries with their integrity constraints.</summary>
    /// <param name="typeNames">The names of all types.</param>
    /// <param name="resolve">Gives what variables other than <c>_SELF</c> stand for.</param>
    public ConstrainedRows ConstrainedBy(IEnumerable<string> typeNames, Func<string, Value> resolve)
    {
        var constraints = new ConstraintSet(_type, null, _type.IntegrityConstraints, resolve);
        return new ConstrainedRows(
            Rows,
            constraints,
            Reads(_type.IntegrityConstraints, typeNames),
            slot => constraints.Hold(Rows.CachedOf(slot)),
            values => Changes.IntegrityFiltered.Add(_type, values, null));
    }

    /// <summary>Gives out the entries that are left, to be compared. Each batch is valid until the next.</summary>
    public IEnumerable<EntryBatch> Release(CancellationToken cancellationToken)
    {
        var batch = new EntryBatch(_type);
        for (var row = 0; row < Rows.SlotCount;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Clear(Math.Min(batch.Capacity, Rows.SlotCount - row));
            for (var i = 0; i < batch.Count; i++, row++)
                Release(row, batch, i);
            yield return batch;
        }
    }

    private void Release(int row, EntryBatch batch, int entry)
    {
        batch.Slots[entry] = EntryBatch.LeftOut;
        if (!Rows.IsPresent(row))
            return;
        var slot = Changes.Locate(Rows.KeyAt(row));
        Changes.Present++;
        Changes.Marks(slot) |= SlotMarks.Seen | (Rows.IsKept(row) ? SlotMarks.Kept : SlotMarks.None);
        if (Rows.IsKept(row))
            return;
        batch.Keys[entry] = Rows.KeyAt(row);
        batch.Slots[entry] = slot;
        Rows.Read(row, batch[entry], []);
    }

    // An entry whose key stands twice in the source, or whose row could not be mapped, has no values to be judged by: the cached one keeps its place.
    private ConstrainedRows ConstrainedBy(TypeSource source)
    {
        var names = _type.Sources.Select(candidate => candidate.Name).ToList();
        return new ConstrainedRows(
            _sources[source.Index],
            new ConstraintSet(_type, source.Name, source.MergeConstraints, ResolveSource),
            Reads(source.MergeConstraints, names),
            _ => true,
            values => Changes.MergeFiltered.Add(_type, values, source.Name));

        Value ResolveSource(string name)
        {
            var owner = VariableNames.Owner(name, names);
            var rows = _sources[names.IndexOf(owner)];
            return VariableNames.MeansKeys(name, owner)
                ? Value.From(new KeysObject($"the keys of {_type.Name} in {owner}", _hasher, rows))
                : Value.From(new EntriesObject($"the entries of {_type.Name} in {owner}", () => rows.Count, () => rows.Entries));
        }
    }

    private static HashSet<string> Reads(ImmutableArray<ITemplate> constraints, IEnumerable<string> names) =>
        [.. constraints.SelectMany(template => template.Variables).Select(variable => VariableNames.Owner(variable, names))];
}
