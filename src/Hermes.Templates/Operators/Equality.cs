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
    /// <param name="steps">The steps that are left; a list within lists may look far larger than it is in memory.</param>
    /// <exception cref="TemplateFault">One of the values is undefined, or no steps are left.</exception>
    public static bool AreEqual(Value left, Value right, ref long steps)
    {
        if (left.TryGetString(out var leftText) && right.TryGetString(out var rightText))
            return string.Equals(leftText, rightText, StringComparison.Ordinal);

        Frame.Spend(ref steps, 1);
        var (leftKind, rightKind) = (left.Kind, right.Kind);
        if (leftKind == ValueKind.Undefined || rightKind == ValueKind.Undefined)
            throw TemplateFault.UndefinedValue();
        if (Kinds.IsNumber(leftKind))
            return Kinds.IsNumber(rightKind) && Numbers.Compare(left, right) == 0;
        return leftKind == rightKind && leftKind switch
        {
            ValueKind.List => ListsAreEqual(left.AsList(), right.AsList(), ref steps),
            ValueKind.Map => MapsAreEqual(left.AsMap(), right.AsMap(), ref steps),
            _ => left.Equals(right),
        };
    }

    /// <summary>A hash that is the same for values that are equal.</summary>
    public static int Hash(Value value, ref long steps)
    {
        Frame.Spend(ref steps, 1);
        switch (value.Kind)
        {
            case ValueKind.Boolean or ValueKind.Integer or ValueKind.Double or ValueKind.Decimal:
                return Numbers.ToDouble(value).GetHashCode();
            case ValueKind.List:
                var hash = new HashCode();
                foreach (var item in value.AsList().AsSpan())
                    hash.Add(Hash(item, ref steps));
                return hash.ToHashCode();
            case ValueKind.Map:
                var sum = 0;
                foreach (var (name, item) in value.AsMap())
                    sum ^= HashCode.Combine(name, Hash(item, ref steps));
                return sum;
            case ValueKind.Undefined:
                throw TemplateFault.UndefinedValue();
            default:
                return value.GetHashCode();
        }
    }

    private static bool ListsAreEqual(ValueList left, ValueList right, ref long steps)
    {
        if (ReferenceEquals(left, right) || left.Count != right.Count)
            return left.Count == right.Count;
        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i], ref steps))
                return false;
        }

        return true;
    }

    private static bool MapsAreEqual(ValueMap left, ValueMap right, ref long steps)
    {
        if (ReferenceEquals(left, right) || left.Count != right.Count)
            return left.Count == right.Count;
        foreach (var (name, item) in left)
        {
            if (!right.TryGetValue(name, out var other) || !AreEqual(item, other, ref steps))
                return false;
        }

        return true;
    }
}
