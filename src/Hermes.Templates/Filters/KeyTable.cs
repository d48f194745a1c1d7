using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Filters;

/// <summary>The distinct values seen so far, by the equality of the language. Counts its steps.</summary>
internal sealed class KeyTable(int capacity)
{
    private readonly Dictionary<int, int> _newest = new(capacity);
    private readonly List<(Value Key, int Older)> _keys = new(capacity);

    /// <returns>False if an equal value was added before.</returns>
    public bool TryAdd(ref Frame frame, Value key)
    {
        var hash = Equality.Hash(key, ref frame.Steps);
        var newest = _newest.TryGetValue(hash, out var found) ? found : -1;
        for (var i = newest; i >= 0; i = _keys[i].Older)
        {
            frame.Step(1);
            if (Equality.AreEqual(_keys[i].Key, key, ref frame.Steps))
                return false;
        }

        frame.AllocateItems(2);
        _newest[hash] = _keys.Count;
        _keys.Add((key, newest));
        return true;
    }
}
