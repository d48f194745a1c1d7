using Hermes.Abstractions.Data;

namespace Hermes.Templates.Evaluation;

/// <summary>Makes the result of an evaluation a plain value: undefined becomes null, an object that has items a list.</summary>
internal static class Result
{
    /// <exception cref="TemplateFault">There is no plain value for the result, or it is too large to walk over.</exception>
    public static Value Of(ref Frame frame, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Undefined:
                return Value.Null;
            case ValueKind.Double when !double.IsFinite(value.AsDouble()):
                throw new TemplateFault("The result is not a finite number");
            case ValueKind.List:
                return IsPlain(ref frame, value) ? value : ListOf(ref frame, value.AsList().AsSpan());
            case ValueKind.Map:
                return IsPlain(ref frame, value) ? value : MapOf(ref frame, value.AsMap());
            case ValueKind.Object when value.AsObject().Items is not null:
                return ListOf(ref frame, Sequence.Of(ref frame, value));
            case ValueKind.Object:
                throw new TemplateFault($"The result is {value.AsObject().Description}, which is no plain value: take one of its members");
            default:
                return value;
        }
    }

    private static bool IsPlain(ref Frame frame, Value value)
    {
        frame.Step(1);
        switch (value.Kind)
        {
            case ValueKind.List or ValueKind.Map:
                frame.Enter();
                var isPlain = AreAllPlain(ref frame, value);
                frame.Leave();
                return isPlain;
            case ValueKind.Undefined or ValueKind.Object:
                return false;
            case ValueKind.Double:
                return double.IsFinite(value.AsDouble());
            default:
                return true;
        }
    }

    private static bool AreAllPlain(ref Frame frame, Value value)
    {
        if (value.Kind == ValueKind.List)
        {
            foreach (var item in value.AsList().AsSpan())
            {
                if (!IsPlain(ref frame, item))
                    return false;
            }

            return true;
        }

        frame.WalkPairs();
        foreach (var (_, item) in value.AsMap())
        {
            if (!IsPlain(ref frame, item))
                return false;
        }

        return true;
    }

    private static Value ListOf(ref Frame frame, ReadOnlySpan<Value> items)
    {
        frame.AllocateItems(items.Length);
        var result = new Value[items.Length];
        frame.Enter();
        for (var i = 0; i < items.Length; i++)
            result[i] = Of(ref frame, items[i]);
        frame.Leave();
        return ValueList.Create(result);
    }

    private static Value MapOf(ref Frame frame, ValueMap map)
    {
        frame.AllocatePairs(map.Count);
        frame.Enter();
        var result = new List<KeyValuePair<string, Value>>(map.Count);
        foreach (var (name, item) in map)
            result.Add(new(name, Of(ref frame, item)));
        frame.Leave();
        return ValueMap.Create(result);
    }
}
