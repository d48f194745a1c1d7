using Hermes.Abstractions.Data;

namespace Hermes.Templates.Operators;

/// <summary>The indexes that a slice takes of a sequence.</summary>
internal readonly record struct SliceRange(long Start, long Step, int Count)
{
    public static SliceRange Of(Value start, Value stop, long step, int length)
    {
        var (lowest, highest) = step > 0 ? (0L, (long)length) : (-1L, length - 1L);
        var from = start.IsNull ? (step > 0 ? lowest : highest) : Bound(start, length, lowest, highest);
        var to = stop.IsNull ? (step > 0 ? highest : lowest) : Bound(stop, length, lowest, highest);
        var distance = step > 0 ? to - from : from - to;

        // The size of the step is capped: beyond the length all steps do the same, and the smallest integer has no opposite.
        var size = step > 0 ? Math.Min(step, length + 1L) : Math.Min(-Math.Max(step, -(length + 1L)), length + 1L);
        return new SliceRange(from, step > 0 ? size : -size, distance <= 0 ? 0 : (int)((distance + size - 1) / size));
    }

    /// <summary>The index of the item of this number.</summary>
    public int At(int number) => (int)(Start + (number * Step));

    private static long Bound(Value value, int length, long lowest, long highest)
    {
        var bound = Numbers.Integer(value, "A bound of a slice");
        return Math.Clamp(bound < 0 ? bound + length : bound, lowest, highest);
    }
}
