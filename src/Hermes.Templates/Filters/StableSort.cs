using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Filters;

/// <summary>
/// A merge sort: items with equal keys keep their order, also when sorted in reverse. Own, because it counts its steps and because
/// comparisons may fail.
/// </summary>
internal static class StableSort
{
    /// <returns>The indexes of the items in the order of their keys.</returns>
    /// <exception cref="TemplateFault">Two keys have no order.</exception>
    public static int[] Order(ref Frame frame, Value[] keys, bool descending)
    {
        frame.AllocateItems(keys.Length);
        var order = Enumerable.Range(0, keys.Length).ToArray();
        var other = new int[keys.Length];
        for (var width = 1L; width < keys.Length; width *= 2)
        {
            for (long start = 0; start < keys.Length; start += 2 * width)
            {
                var middle = (int)Math.Min(start + width, keys.Length);
                Merge(ref frame, keys, descending, order, other, (int)start, middle, (int)Math.Min(start + (2 * width), keys.Length));
            }

            (order, other) = (other, order);
        }

        return order;
    }

    private static void Merge(ref Frame frame, Value[] keys, bool descending, int[] source, int[] target, int start, int middle, int end)
    {
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takeRight = left >= middle || (right < end && Precedes(ref frame, keys[source[right]], keys[source[left]], descending));
            target[i] = takeRight ? source[right++] : source[left++];
        }
    }

    private static bool Precedes(ref Frame frame, Value candidate, Value current, bool descending) => descending
        ? Ordering.Compare(current, candidate, ref frame) < 0
        : Ordering.Compare(candidate, current, ref frame) < 0;
}
