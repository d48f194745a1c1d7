using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Mapping;

/// <summary>
/// Maps the rows of one source, batch by batch: first the keys, and then, since a mapping may read the cached entry, all else.
/// </summary>
internal sealed class SourceMapping(TypeSource source, TypeChanges changes)
{
    private readonly RowMapper _mapper = new(source);
    private readonly EntryBatch _batch = new(source.Type) { Source = source };
    private readonly CachedContents _cached = new(source.Type);

    /// <summary>How many rows it takes at once.</summary>
    public int Capacity => _batch.Capacity;

    /// <summary>Maps the keys of rows.</summary>
    /// <returns>The cached entries that the rest of the mapping reads.</returns>
    /// <exception cref="EvaluationException">A row has no key, or it cannot be worked out; the poll is to be dropped.</exception>
    public CachedContents MapKeys(ReadOnlySpan<SourceRow> rows)
    {
        _cached.Clear();
        _batch.Clear(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            if (_mapper.NeedsCachedEntry)
                MapKey(rows[i], i);
        }

        return _cached;
    }

    /// <summary>Maps the rows whose keys were mapped last.</summary>
    /// <exception cref="EvaluationException">A row cannot be worked out, and its source has it fail the poll.</exception>
    public EntryBatch MapOthers(ReadOnlySpan<SourceRow> rows)
    {
        changes.Rows += rows.Length;
        for (var i = 0; i < rows.Length; i++)
        {
            if (!_mapper.NeedsCachedEntry)
                MapKey(rows[i], i);
            try
            {
                _mapper.MapOthers(rows[i], _batch[i], _mapper.NeedsCachedEntry ? changes.ShowCached(_batch.Keys[i], _cached) : Value.Null);
            }
            catch (EvaluationException failure) when (source.OnBadRow == BadRowPolicy.KeepCached)
            {
                _batch.IsBad[i] = true;
                changes.BadRows.Add(source.Type, _batch[i], source.Name, [failure.Place.Attribute!], failure.Problem);
            }
        }

        return _batch;
    }

    private void MapKey(SourceRow row, int entry)
    {
        _mapper.MapKey(row, _batch[entry]);
        var key = _batch.Keys[entry] = changes.HashKey(_batch[entry]);
        if (_mapper.NeedsCachedEntry && changes.Find(key) is var slot && changes.IsCached(slot))
            _cached.Need(changes.IdOf(slot));
    }
}
