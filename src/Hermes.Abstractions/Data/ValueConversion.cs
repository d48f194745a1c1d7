using System.Collections;

namespace Hermes.Abstractions.Data;

/// <summary>Turns the objects of .NET libraries (database drivers, parsers) into <see cref="Value"/>s.</summary>
public static class ValueConversion
{
    /// <summary>
    /// Converts an object: null and <see cref="DBNull"/>, Booleans, all integers that fit 64 bits, floating-point numbers, decimals, texts,
    /// dates (<see cref="DateOnly"/> becomes midnight, <see cref="DateTimeOffset"/> becomes its UTC time), byte arrays, and lists and
    /// string-keyed dictionaries of those.
    /// </summary>
    /// <returns>False if the object is of any other type, or a number that is not finite or does not fit.</returns>
    public static bool TryConvert(object? source, out Value value)
    {
        switch (source)
        {
            case null or DBNull: value = Value.Null; return true;
            case Value v: value = v; return true;
            case string v: value = v; return true;
            case bool v: value = v; return true;
            case int v: value = v; return true;
            case long v: value = v; return true;
            case short v: value = (long)v; return true;
            case byte v: value = (long)v; return true;
            case sbyte v: value = (long)v; return true;
            case ushort v: value = (long)v; return true;
            case uint v: value = (long)v; return true;
            case ulong v when v <= long.MaxValue: value = (long)v; return true;
            case double v when double.IsFinite(v): value = v; return true;
            case float v when float.IsFinite(v): value = (double)v; return true;
            case decimal v: value = v; return true;
            case DateTime v: value = v; return true;
            case DateTimeOffset v: value = v.UtcDateTime; return true;
            case DateOnly v: value = v.ToDateTime(TimeOnly.MinValue); return true;
            case byte[] v: value = v; return true;
            case ValueList v: value = v; return true;
            case ValueMap v: value = v; return true;
            case IDictionary v: return TryConvertMap(v, out value);
            case IEnumerable v: return TryConvertList(v, out value);
            default: value = default; return false;
        }
    }

    private static bool TryConvertMap(IDictionary source, out Value value)
    {
        var map = new List<KeyValuePair<string, Value>>(source.Count);
        value = default;
        foreach (DictionaryEntry pair in source)
        {
            if (pair.Key is not string name || !TryConvert(pair.Value, out var item))
                return false;
            map.Add(new(name, item));
        }

        value = ValueMap.Create(map);
        return true;
    }

    private static bool TryConvertList(IEnumerable source, out Value value)
    {
        var list = new List<Value>();
        value = default;
        foreach (var element in source)
        {
            if (!TryConvert(element, out var item))
                return false;
            list.Add(item);
        }

        value = ValueList.Create(list);
        return true;
    }
}
