using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;

namespace Hermes.Diff.Merge;

/// <summary>Merges the sources of a type, one after the other, into the entries of the first.</summary>
internal sealed class SourceMerge(TypeChanges changes, CollectedRows merged)
{
    private readonly DataType _type = changes.Type;
    private readonly Value[] _key = new Value[changes.Type.Attributes.Length];
    private readonly List<int> _conflicts = [];

    /// <summary>Merges the next source.</summary>
    public void Add(TypeSource source, CollectedRows rows)
    {
        for (var slot = 0; slot < rows.SlotCount; slot++)
        {
            if (!rows.IsDropped(slot))
                Add(source, rows, slot);
        }

        if (source.KeyMergeConstraint == KeyMergeConstraint.MustExistInBoth)
            DropAllBut(rows, source);
    }

    /// <summary>Leaves out the entries that are to stay as they are cached, and are not cached.</summary>
    public void LeaveOutUncached()
    {
        for (var slot = 0; slot < merged.SlotCount; slot++)
        {
            if (!merged.IsDropped(slot) && merged.IsKept(slot) && !merged.IsCached(slot))
                merged.Drop(slot);
        }
    }

    private void Add(TypeSource source, CollectedRows rows, int slot)
    {
        var mine = merged.Find(rows.KeyAt(slot));
        var isAllowed = source.KeyMergeConstraint switch
        {
            KeyMergeConstraint.MustNotExist => mine < 0,
            KeyMergeConstraint.MustAlreadyExist or KeyMergeConstraint.MustExistInBoth => mine >= 0,
            _ => true,
        };
        if (!isAllowed)
            Report(rows, slot, source);
        else if (mine < 0)
            merged.Take(rows, slot);
        else if (rows.IsKept(slot) || merged.IsKept(mine))
            merged.Keep(mine);
        else
            Merge(source, mine, rows, slot);
    }

    private void Merge(TypeSource source, int mine, CollectedRows rows, int slot)
    {
        _conflicts.Clear();
        merged.Join(mine, rows, slot, _conflicts);
        if (_conflicts.Count == 0)
            return;

        merged.Read(mine, _key, _type.Layout.KeyAttributes);
        changes.Conflicts.Add(_type, _key, source.Name, [.. _conflicts.Select(attribute => _type.Attributes[attribute].Name)]);
        if (_type.OnMergeConflict == MergeConflictPolicy.UseCachedEntry)
            merged.Keep(mine);
    }

    private void DropAllBut(CollectedRows rows, TypeSource source)
    {
        for (var slot = 0; slot < merged.SlotCount; slot++)
        {
            if (merged.IsDropped(slot) || rows.Find(merged.KeyAt(slot)) >= 0)
                continue;
            Report(merged, slot, source);
            merged.Drop(slot);
        }
    }

    private void Report(CollectedRows rows, int slot, TypeSource source)
    {
        rows.Read(slot, _key, _type.Layout.KeyAttributes);
        changes.MergeFiltered.Add(_type, _key, source.Name);
    }
}
