using System.Runtime.InteropServices;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>The numbers of the error queue in their order. Those that have left are skipped, and cut out when they are half of all.</summary>
/// <param name="isThere">Whether an event has a number.</param>
internal sealed class QueueOrder(Func<long, bool> isThere)
{
    private readonly List<long> _numbers = [];
    private int _gone;

    public void Add(long number)
    {
        if (_numbers is [] || number > _numbers[^1])
            _numbers.Add(number);
        else if (_numbers.BinarySearch(number) is var place and < 0)
            _numbers.Insert(~place, number);
        else
            _gone--;
    }

    /// <summary>A number has left.</summary>
    public void Remove()
    {
        if (++_gone * 2 <= _numbers.Count)
            return;
        _numbers.RemoveAll(number => !isThere(number));
        _gone = 0;
    }

    /// <summary>All numbers as they are now.</summary>
    public long[] ToArray() => [.. _numbers.Where(isThere)];

    /// <summary>Some of the numbers behind another one, that has left or not.</summary>
    /// <param name="after">The number.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<long> Behind(long after, int most)
    {
        var place = CollectionsMarshal.AsSpan(_numbers).BinarySearch(after + 1);
        var found = new List<long>();
        for (var i = place < 0 ? ~place : place; i < _numbers.Count && found.Count < most; i++)
        {
            if (isThere(_numbers[i]))
                found.Add(_numbers[i]);
        }

        return found;
    }
}
