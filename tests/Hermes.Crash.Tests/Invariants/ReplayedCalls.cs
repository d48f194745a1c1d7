namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// Which calls that succeeded may be made again: those that were in flight when a client was killed. Such a one may have written to the journal that
/// it has ended, and died before the client wrote that down.
/// </summary>
/// <param name="concurrency">How many calls may be in flight.</param>
internal sealed class ReplayedCalls(int concurrency)
{
    private readonly Queue<EntryName> _last = [];
    private readonly Dictionary<EntryName, int?> _mayRepeat = [];
    private readonly Dictionary<int, int> _repeated = [];
    private int _kills;
    private readonly Dictionary<EntryName, int> _models = [];
    private int _model;

    /// <summary>How many of the calls that had succeeded came again after the same kill, at the worst.</summary>
    public int Worst => _repeated.Values.DefaultIfEmpty().Max();

    /// <summary>A client starts: the one before has died.</summary>
    /// <param name="model">Tells its data model from the one before.</param>
    public void Start(int model)
    {
        _model = model;
        _kills++;
        foreach (var entry in _last)
            _mayRepeat[entry] = _kills;
        _last.Clear();
    }

    /// <summary>The power was cut: all calls since the last commit may be made again, and nobody knows how many those are.</summary>
    public void Cut()
    {
        foreach (var entry in _models.Keys)
            _mayRepeat[entry] = null;
    }

    /// <summary>A call has succeeded.</summary>
    public void Ended(EntryName entry)
    {
        _models[entry] = _model;
        _last.Enqueue(entry);
        if (_last.Count > concurrency)
            _last.Dequeue();
    }

    /// <summary>
    /// Whether the last call of an entry may be made again; that it is made counts. What a call did by another model is not what the event does now, be it that
    /// clients with other models started and died in between.
    /// </summary>
    public bool MayRepeat(EntryName entry)
    {
        if (!_mayRepeat.Remove(entry, out var kill))
            return _models.GetValueOrDefault(entry, _model) != _model;
        if (kill is { } counted)
            _repeated[counted] = _repeated.GetValueOrDefault(counted) + 1;
        return true;
    }
}
