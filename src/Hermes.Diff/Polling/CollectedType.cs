using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
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
/// They are merged when the last source is read, constrained and compared at the end of the poll.
/// </summary>
internal sealed class CollectedType : ITypePoll
{
    private readonly DataType _type;
    private readonly EntryHasher _hasher;
    private readonly Value[] _values;
    private readonly ImmutableArray<RowMapper> _mappers;
    private CollectedRows[] _sources;

    public CollectedType(TypeChanges changes, EntryHasher hasher)
    {
        Changes = changes;
        _type = changes.Type;
        _hasher = hasher;
        _values = new Value[_type.Attributes.Length];
        _mappers = [.. _type.Sources.Select(source => new RowMapper(source))];
        var arena = new RowArena();
        _sources = [.. _type.Sources.Select(_ => new CollectedRows(changes, arena))];
        Rows = _sources[0];
    }

    public TypeChanges Changes { get; }

    /// <summary>The entries: those of the first source, into which the others are merged.</summary>
    public CollectedRows Rows { get; }

    public IKeySet Keys => Rows;

    public IEnumerable<Entry> Entries => Rows.Entries;

    public void Add(TypeSource source, SourceRow row)
    {
        Changes.Rows++;
        Array.Clear(_values);
        var mapper = _mappers[source.Index];
        mapper.MapKey(row, _values);
        var key = Changes.HashKey(_values);
        mapper.MapOthers(row, _values, mapper.NeedsCachedEntry ? Changes.ShowCached(Changes.Find(key)) : Value.Null);
        if (!_sources[source.Index].TryAdd(key, _values, out var isNews) && isNews)
            Changes.Inconsistencies.Add(_type, _values, source.Name);
    }

    /// <summary>Merges, when the last source is read.</summary>
    public void Complete(TypeSource source, CancellationToken cancellationToken)
    {
        if (source.Index < _type.Sources.Length - 1)
            return;

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

    /// <summary>Compares the entries with what was known.</summary>
    public void Compare(CancellationToken cancellationToken)
    {
        for (var row = 0; row < Rows.SlotCount; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Rows.IsPresent(row))
                continue;
            var slot = Changes.Locate(Rows.KeyAt(row));
            Changes.Present++;
            if (Rows.IsKept(row))
            {
                Changes.Marks(slot) |= SlotMarks.Seen | SlotMarks.Kept;
                continue;
            }

            Changes.Marks(slot) |= SlotMarks.Seen;
            Rows.Read(row, _values, []);
            Changes.Compare(slot, _values);
        }
    }

    // An entry whose key stands twice in the source has no values to be judged by: the cached one keeps its place.
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
