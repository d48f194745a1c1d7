namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// Which calls that succeeded may be made again: those that were in flight when a client was killed. Such a one may have written to the journal that
/// it has ended, and died before the client wrote that down.
/// </summary>
/// <param name="concurrency">How many calls may be in flight.</param>
internal sealed class ReplayedCalls(int concurrency)
{
    private readonly Queue<EntryName> _last = [];
    private readonly HashSet<EntryName> _mayRepeat = [];
    private readonly Dictionary<EntryName, int> _models = [];
    private int _model;

    /// <summary>A client starts: the one before has died.</summary>
    /// <param name="model">Tells its data model from the one before.</param>
    public void Start(int model)
    {
        _model = model;
        _mayRepeat.UnionWith(_last);
        _last.Clear();
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
    public bool MayRepeat(EntryName entry) => _mayRepeat.Remove(entry) || _models.GetValueOrDefault(entry, _model) != _model;
}
