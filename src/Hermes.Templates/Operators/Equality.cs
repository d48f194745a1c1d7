using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Operators;

/// <summary>
/// Equality as in Python: deep, numeric across the kinds of numbers (<c>1 == 1.0 == true</c>), false between other kinds.
/// </summary>
internal static class Equality
{
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    /// <param name="frame">Pays for the work: a list within lists may look far larger than it is in memory.</param>
    /// <exception cref="TemplateFault">One of the values is undefined, or no steps are left.</exception>
    public static bool AreEqual(Value left, Value right, ref Frame frame)
    {
        if (left.TryGetString(out var leftText) && right.TryGetString(out var rightText))
        {
            frame.Step(1 + (leftText.Length == rightText.Length ? leftText.Length / 16 : 0));
            return string.Equals(leftText, rightText, StringComparison.Ordinal);
        }

        frame.Step(1);
        var (leftKind, rightKind) = (left.Kind, right.Kind);
        if (leftKind == ValueKind.Undefined || rightKind == ValueKind.Undefined)
            throw TemplateFault.UndefinedValue();
        if (Kinds.IsNumber(leftKind))
            return Kinds.IsNumber(rightKind) && Numbers.Compare(left, right) == 0;
        return leftKind == rightKind && leftKind switch
        {
            ValueKind.List => ListsAreEqual(left.AsList(), right.AsList(), ref frame),
            ValueKind.Map => MapsAreEqual(left.AsMap(), right.AsMap(), ref frame),
            ValueKind.Object when TimeDelta.Of(left) is { } delta => delta.Span == TimeDelta.Of(right)?.Span,
            ValueKind.Bytes => BytesAreEqual(left.AsBytes().Span, right.AsBytes().Span, ref frame),
            _ => left.Equals(right),
        };
    }

    /// <summary>A hash that is the same for values that are equal.</summary>
    public static int Hash(Value value, ref Frame frame)
    {
        frame.Step(1);
        switch (value.Kind)
        {
            case ValueKind.Boolean or ValueKind.Integer or ValueKind.Double or ValueKind.Decimal:
                return Numbers.ToDouble(value).GetHashCode();
            case ValueKind.List:
                frame.Enter();
                var hash = new HashCode();
                foreach (var item in value.AsList().AsSpan())
                    hash.Add(Hash(item, ref frame));
                frame.Leave();
                return hash.ToHashCode();
            case ValueKind.Map:
                frame.Enter();
                var sum = 0;
                frame.WalkPairs();
                foreach (var (name, item) in value.AsMap())
                    sum ^= HashCode.Combine(name, Hash(item, ref frame));
                frame.Leave();
                return sum;
            case ValueKind.Object when TimeDelta.Of(value) is { } delta:
                return delta.Span.GetHashCode();
            case ValueKind.String:
                frame.Step(value.AsString().Length / 2);
                return value.GetHashCode();
            case ValueKind.Bytes:
                frame.Step(value.AsBytes().Length / 2);
                return value.GetHashCode();
            case ValueKind.Undefined:
                throw TemplateFault.UndefinedValue();
            default:
                return value.GetHashCode();
        }
    }

    private static bool BytesAreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, ref Frame frame)
    {
        frame.Step(left.Length / 32);
        return left.SequenceEqual(right);
    }

    private static bool ListsAreEqual(ValueList left, ValueList right, ref Frame frame)
    {
        if (ReferenceEquals(left, right) || left.Count != right.Count)
            return left.Count == right.Count;
        frame.Enter();
        var i = 0;
        while (i < left.Count && AreEqual(left[i], right[i], ref frame))
            i++;
        frame.Leave();
        return i == left.Count;
    }

    private static bool MapsAreEqual(ValueMap left, ValueMap right, ref Frame frame)
    {
        if (ReferenceEquals(left, right) || left.Count != right.Count)
            return left.Count == right.Count;
        frame.Enter();
        var equal = 0;
        frame.WalkPairs();
        foreach (var (name, item) in left)
        {
            if (!right.TryGetValue(name, out var other) || !AreEqual(item, other, ref frame))
                break;
            equal++;
        }

        frame.Leave();
        return equal == left.Count;
    }
}
