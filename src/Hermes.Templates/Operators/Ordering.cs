using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;

namespace Hermes.Templates.Operators;

/// <summary>The order of numbers, texts (by code point), dates, bytes and lists. There is none between different kinds.</summary>
internal static class Ordering
{
    /// <returns>Negative, zero or positive; null if a number is NaN.</returns>
    /// <exception cref="TemplateFault">The values have no order.</exception>
    public static int? Compare(Value left, Value right, ref Frame frame)
    {
        if (left.TryGetString(out var leftText) && right.TryGetString(out var rightText))
        {
            frame.Step(1 + (Math.Min(leftText.Length, rightText.Length) / 8));
            return CodePoints.Compare(leftText, rightText);
        }

        frame.Step(1);
        var (leftKind, rightKind) = (left.Kind, right.Kind);
        if (leftKind == ValueKind.Undefined || rightKind == ValueKind.Undefined)
            throw TemplateFault.UndefinedValue();
        if (Kinds.IsNumber(leftKind) && Kinds.IsNumber(rightKind))
            return Numbers.Compare(left, right);
        if (leftKind == rightKind)
        {
            switch (leftKind)
            {
                case ValueKind.DateTime: return left.AsDateTime().CompareTo(right.AsDateTime());
                case ValueKind.Bytes: return left.AsBytes().Span.SequenceCompareTo(right.AsBytes().Span);
                case ValueKind.Object when TimeDelta.Of(left) is { } one && TimeDelta.Of(right) is { } other: return one.Span.CompareTo(other.Span);
                case ValueKind.List: return CompareLists(left.AsList(), right.AsList(), ref frame);
            }
        }

        throw new TemplateFault($"There is no order between {Kinds.Describe(left)} and {Kinds.Describe(right)}");
    }

    private static int? CompareLists(ValueList left, ValueList right, ref Frame frame)
    {
        frame.Enter();
        var i = 0;
        while (i < left.Count && i < right.Count && Equality.AreEqual(left[i], right[i], ref frame))
            i++;
        var order = i < left.Count && i < right.Count ? Compare(left[i], right[i], ref frame) : left.Count.CompareTo(right.Count);
        frame.Leave();
        return order;
    }
}
