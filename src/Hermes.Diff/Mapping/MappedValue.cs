using Hermes.Abstractions.Data;

namespace Hermes.Diff.Mapping;

/// <summary>Brings the result of a mapping into the form that entries hold.</summary>
internal static class MappedValue
{
    /// <summary>Deeper values are refused: reading them back would need a stack as deep.</summary>
    public const int DeepestNesting = 64;

    /// <summary>Drops nulls from lists and turns what is not set into null.</summary>
    /// <param name="value">The result of a mapping.</param>
    /// <param name="truncate">Whether to cut fractions of seconds.</param>
    /// <exception cref="UnfitValueException">The value cannot be that of an attribute.</exception>
    public static Value Normalize(Value value, bool truncate) => value.Kind switch
    {
        ValueKind.String or ValueKind.Integer or ValueKind.Boolean or ValueKind.Decimal or ValueKind.Bytes or ValueKind.Null => value,
        ValueKind.DateTime => truncate ? Truncate(value.AsDateTime()) : value,
        ValueKind.Double => double.IsFinite(value.AsDouble()) ? value : throw new UnfitValueException("it is a number that is not finite"),
        ValueKind.List => Unset(List(value.AsList(), truncate, 1)),
        ValueKind.Map => Unset(Map(value.AsMap(), truncate, 1)),
        ValueKind.Undefined => Value.Null,
        _ => throw new UnfitValueException($"it is {value.AsObject().Description}, which only templates can see"),
    };

    private static Value Nested(Value value, bool truncate, int depth) => value.Kind switch
    {
        _ when depth > DeepestNesting =>
            throw new UnfitValueException($"its lists and maps are nested more than {DeepestNesting} levels deep"),
        ValueKind.List => List(value.AsList(), truncate, depth + 1),
        ValueKind.Map => Map(value.AsMap(), truncate, depth + 1),
        _ => Normalize(value, truncate),
    };

    private static Value Unset(Value value) => value.IsSet ? value : Value.Null;

    private static DateTime Truncate(DateTime value) => new(value.Ticks - (value.Ticks % TimeSpan.TicksPerSecond));

    private static ValueList List(ValueList list, bool truncate, int depth)
    {
        if (IsPlain(list))
            return list;

        var items = new List<Value>(list.Count);
        var changed = false;
        foreach (var item in list.AsSpan())
        {
            var nested = Nested(item, truncate, depth);
            changed |= nested.IsNull || nested != item;
            if (!nested.IsNull)
                items.Add(nested);
        }

        return changed ? ValueList.Create(items) : list;
    }

    // Nearly all lists are lists of texts, and need no copy.
    private static bool IsPlain(ValueList list)
    {
        foreach (var item in list.AsSpan())
        {
            if (!item.TryGetString(out _))
                return false;
        }

        return true;
    }

    private static ValueMap Map(ValueMap map, bool truncate, int depth) =>
        ValueMap.Create([.. map.Select(pair => KeyValuePair.Create(pair.Key, Nested(pair.Value, truncate, depth)))]);
}

/// <summary>A value that cannot be that of an attribute. The message says why, as the end of a sentence.</summary>
internal sealed class UnfitValueException(string reason) : Exception(reason);
