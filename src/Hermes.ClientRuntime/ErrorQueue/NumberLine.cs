using System.Collections;
using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>
/// Numbers in increasing order. Most lines hold one; those of a much used parent hold very many, which come at the end and leave at the beginning.
/// </summary>
internal sealed class NumberLine(long first) : IEnumerable<long>
{
    private List<long>? _more;
    private int _skipped;

    public long First { get; private set; } = first;

    public long Last => _more is [.., var last] ? last : First;

    /// <summary>Puts a number in, if it is not there.</summary>
    public void Add(long number)
    {
        if (number == First)
            return;
        _more ??= [];
        if (number < First)
            (First, number) = (number, First);
        if (number > Last)
            _more.Add(number);
        else if (Place(number) is var place and < 0)
            _more.Insert(~place, number);
    }

    /// <summary>Takes a number out.</summary>
    /// <returns>False if it was the only one: the line is at its end.</returns>
    public bool Remove(long number)
    {
        if (_more is null or [])
            return number != First;
        if (number == First)
            First = _more[_skipped++];
        else if (Place(number) is var place and >= 0)
            _more.RemoveAt(place);

        // What was skipped is cut off when it is half of the list: seldom enough to cost little, and always before nothing else is left.
        if (_skipped * 2 >= _more.Count)
        {
            _more.RemoveRange(0, _skipped);
            _skipped = 0;
        }

        return true;
    }

    public IEnumerator<long> GetEnumerator()
    {
        yield return First;
        for (var i = _skipped; i < _more?.Count; i++)
            yield return _more[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Place(long number) => _more!.BinarySearch(_skipped, _more.Count - _skipped, number, null);
}

/// <summary>The numbers of events by an entry that they have to do with.</summary>
internal sealed class NumberIndex
{
    private readonly Dictionary<EntryId, NumberLine> _lines = [];

    /// <summary>The numbers of an entry; null if it has none.</summary>
    public NumberLine? Of(EntryId entry) => _lines.GetValueOrDefault(entry);

    public void Add(EntryId entry, long number)
    {
        if (_lines.TryGetValue(entry, out var line))
            line.Add(number);
        else
            _lines[entry] = new NumberLine(number);
    }

    public void Remove(EntryId entry, long number)
    {
        if (_lines.TryGetValue(entry, out var line) && !line.Remove(number))
            _lines.Remove(entry);
    }
}
