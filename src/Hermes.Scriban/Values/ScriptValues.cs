using System.Collections;
using System.Numerics;
using Hermes.Abstractions.Data;
using Hermes.Scriban.Evaluation;
using Scriban.Runtime;

namespace Hermes.Scriban.Values;

/// <summary>Values as templates see them, and back. What was given can be read only. Pure.</summary>
internal static class ScriptValues
{
    public static object? ToScript(Value value) => value.Kind switch
    {
        ValueKind.Null or ValueKind.Undefined => null,
        ValueKind.Boolean => value.AsBoolean(),
        ValueKind.Integer => value.AsInteger(),
        ValueKind.Double => value.AsDouble(),
        ValueKind.Decimal => value.AsDecimal(),
        ValueKind.String => value.AsString(),
        ValueKind.DateTime => value.AsDateTime(),
        ValueKind.Bytes => new BytesView(value),
        ValueKind.List => List(value.AsList()),
        ValueKind.Map => Map(value.AsMap()),
        _ => new ObjectView(value.AsObject()),
    };

    /// <exception cref="TemplateFault">It is nothing that an attribute could hold, or larger or nested deeper than the limits allow.</exception>
    public static Value FromScript(object? result, ScribanLimits limits)
    {
        var items = limits.MaxTextLength;
        return FromScript(result, limits.MaxDepth, ref items);
    }

    private static Value FromScript(object? result, int depth, ref int items)
    {
        // The same list may stand many times in the lists around it, so that the size is not bounded by what was built.
        if (depth < 0 || --items < 0)
            throw new TemplateFault("The result is larger, or nested deeper, than the limits allow");
        return result switch
        {
            null or EmptyScriptObject => Value.Null,
            bool or string or DateTime => Plain(result),
            int or long or short or byte or uint or ushort or sbyte or BigInteger or ulong => Integer(result),
            float or double or decimal => Number(result),
            BytesView bytes => bytes.Value,
            ObjectView view => Value.From(view.Object),
            IScriptCustomFunction => throw new TemplateFault("The result is a function, which is no value: give it its arguments"),
            ScriptObject map => Map(map, depth, ref items),
            IEnumerable list => List(list, depth, ref items),
            TimeSpan => throw new TemplateFault("The result is a span of time, which is no value: take its number of days or seconds"),
            _ => throw new TemplateFault("The result is of a kind that no attribute can hold"),
        };
    }

    private static ValueList List(IEnumerable list, int depth, ref int items)
    {
        var values = new List<Value>();
        foreach (var item in list)
            values.Add(FromScript(item, depth - 1, ref items));
        return ValueList.Create(values);
    }

    private static ValueMap Map(ScriptObject map, int depth, ref int items)
    {
        var pairs = new List<KeyValuePair<string, Value>>();
        foreach (var (name, value) in map)
            pairs.Add(new(name, FromScript(value, depth - 1, ref items)));
        return ValueMap.Create(pairs);
    }

    private static Value Plain(object result) => result switch
    {
        bool truth => truth,
        DateTime time => time,
        _ => (string)result,
    };

    private static Value Integer(object result)
    {
        var number = result is BigInteger big ? big : result is ulong unsigned ? unsigned : Convert.ToInt64(result, null);
        return number >= long.MinValue && number <= long.MaxValue ? (long)number : throw new TemplateFault("The result is too large for an integer");
    }

    private static Value Number(object result) => result switch
    {
        decimal exact => exact,
        float single => single,
        _ => (double)result,
    };

    private static ScriptArray List(ValueList list)
    {
        var items = new ScriptArray(list.Count);
        foreach (var item in list)
            items.Add(ToScript(item));
        items.IsReadOnly = true;
        return items;
    }

    private static ScriptObject Map(ValueMap map)
    {
        var pairs = new ScriptObject(map.Count, StringComparer.Ordinal);
        foreach (var (name, value) in map)
            pairs.Add(name, ToScript(value));
        pairs.IsReadOnly = true;
        return pairs;
    }
}

/// <summary>Bytes, which a template can only hand on.</summary>
internal sealed class BytesView(Value value) : IEquatable<BytesView>
{
    public Value Value => value;

    public bool Equals(BytesView? other) => other is not null && value.Equals(other.Value);

    public override bool Equals(object? obj) => Equals(obj as BytesView);

    public override int GetHashCode() => value.GetHashCode();

    public override string ToString() => $"<{value.AsBytes().Length} bytes>";
}
