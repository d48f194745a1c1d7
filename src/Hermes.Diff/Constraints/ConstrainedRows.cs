using Hermes.Abstractions.Data;
using Hermes.Diff.Merge;

namespace Hermes.Diff.Constraints;

/// <summary>
/// Entries that a set of constraints judges: all of them against what the others are before any of them is dropped, so that the order of
/// rows is without effect.
/// </summary>
internal sealed class ConstrainedRows
{
    private readonly CollectedRows _rows;
    private readonly ConstraintSet _constraints;
    private readonly Func<int, bool> _judgeKept;
    private readonly Action<Value[]> _reportDropped;

    /// <summary>Makes them.</summary>
    /// <param name="rows">The entries.</param>
    /// <param name="constraints">The constraints.</param>
    /// <param name="reads">The names of the types or sources that the constraints read.</param>
    /// <param name="judgeKept">Judges an entry that a cached one stands in for.</param>
    /// <param name="reportDropped">Is told the key attributes of each dropped entry.</param>
    public ConstrainedRows(
        CollectedRows rows, ConstraintSet constraints, IReadOnlySet<string> reads, Func<int, bool> judgeKept, Action<Value[]> reportDropped)
    {
        _rows = rows;
        _constraints = constraints;
        _judgeKept = judgeKept;
        _reportDropped = reportDropped;
        Reads = reads;
    }

    /// <summary>The names of the types or sources that the constraints read.</summary>
    public IReadOnlySet<string> Reads { get; }

    /// <summary>Drops the entries for which a constraint is not true.</summary>
    /// <returns>Whether there were any.</returns>
    public bool DropViolations(CancellationToken cancellationToken)
    {
        if (_constraints.IsEmpty)
            return false;

        var violations = new List<int>();
        for (var slot = 0; slot < _rows.SlotCount; slot++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_rows.IsPresent(slot) && !Holds(slot))
                violations.Add(slot);
        }

        foreach (var slot in violations)
        {
            _rows.Read(slot, _constraints.Self, _constraints.Attributes);
            _reportDropped(_constraints.Self);
            _rows.Drop(slot);
        }

        return violations.Count > 0;
    }

    private bool Holds(int slot)
    {
        if (_rows.IsKept(slot))
            return _judgeKept(slot);
        _rows.Read(slot, _constraints.Self, _constraints.Attributes);
        return _constraints.Hold();
    }
}
