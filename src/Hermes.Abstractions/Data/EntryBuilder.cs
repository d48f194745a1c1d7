namespace Hermes.Abstractions.Data;

/// <summary>
/// Makes entries one after the other, for decoders: its room is used again. Attributes that come in ordinal order of their names are not
/// sorted. Not for several threads at once.
/// </summary>
public sealed class EntryBuilder
{
    private string[] _names = new string[16];
    private Value[] _values = new Value[16];
    private int _count;
    private bool _isSorted = true;

    /// <summary>Forgets what was added.</summary>
    public void Clear()
    {
        _names.AsSpan(0, _count).Clear();
        _values.AsSpan(0, _count).Clear();
        _count = 0;
        _isSorted = true;
    }

    /// <summary>Adds an attribute; one that is not set is left out, and of two with the same name the last one counts.</summary>
    public void Add(string name, Value value)
    {
        if (!value.IsSet)
        {
            // It may take the place of one that was.
            _isSorted &= Array.IndexOf(_names, name, 0, _count) < 0;
            if (_isSorted)
                return;
        }

        if (_count == _names.Length)
        {
            Array.Resize(ref _names, 2 * _count);
            Array.Resize(ref _values, 2 * _count);
        }

        _isSorted &= _count == 0 || string.CompareOrdinal(_names[_count - 1], name) < 0;
        _names[_count] = name;
        _values[_count++] = value;
    }

    /// <summary>Makes the entry of what was added, and forgets it.</summary>
    public Entry Build()
    {
        var names = _names.AsSpan(0, _count).ToArray();
        var values = _values.AsSpan(0, _count).ToArray();
        var isSorted = _isSorted;
        Clear();
        return isSorted ? Entry.FromSorted(names, values) : Entry.Create(names.Zip(values, KeyValuePair.Create));
    }
}
