using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters over the pairs of a dictionary.</summary>
internal static class DictionaryFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("items", [], Items),
        new("dictsort", [Optional("case_sensitive", false), Optional("by", "key"), Optional("reverse", false)], Sort),
        new("dict2items", [Optional("key_name", "key"), Optional("value_name", "value")], ToItems),
        new("items2dict", [Optional("key_name", "key"), Optional("value_name", "value")], FromItems),
        new("xmlattr", [Optional("autospace", true)], XmlAttributes.Write),
    ];

    /// <summary>The pairs of a dictionary as lists of two.</summary>
    public static Value[] Pairs(ref Frame frame, ValueMap map)
    {
        frame.AllocateItems(6L * map.Count);
        return [.. map.Select(pair => Value.From(ValueList.Create([pair.Key, pair.Value])))];
    }

    /// <summary>As in Jinja, what is undefined has no pairs.</summary>
    private static Value Items(ref Frame frame, Value input, ReadOnlySpan<Value> arguments) => input.Kind switch
    {
        ValueKind.Undefined => ValueList.Empty,
        ValueKind.Map => ValueList.Create(Pairs(ref frame, input.AsMap())),
        _ => throw new TemplateFault($"'items' needs a dictionary, not {Kinds.Describe(input)}"),
    };

    private static Value ToItems(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (Kinds.Defined(input).Kind != ValueKind.Map)
            throw new TemplateFault($"'dict2items' needs a dictionary, not {Kinds.Describe(input)}");
        var (key, value) = (PythonText.Str(ref frame, arguments[0]), PythonText.Str(ref frame, arguments[1]));
        frame.AllocateItems(input.AsMap().Count);
        var items = new List<Value>(input.AsMap().Count);
        foreach (var pair in input.AsMap())
        {
            frame.AllocatePairs(2);
            items.Add(ValueMap.Create([new(key, pair.Key), new(value, pair.Value)]));
        }

        return ValueList.Create(items);
    }

    private static Value FromItems(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (Kinds.Defined(input).Kind != ValueKind.List)
            throw new TemplateFault($"'items2dict' needs a list, not {Kinds.Describe(input)}");
        var (key, value) = (PythonText.Str(ref frame, arguments[0]), PythonText.Str(ref frame, arguments[1]));
        frame.AllocatePairs(input.AsList().Count);
        var pairs = new List<KeyValuePair<string, Value>>(input.AsList().Count);
        foreach (var item in input.AsList().AsSpan())
        {
            if (item.Kind != ValueKind.Map || !item.AsMap().TryGetValue(key, out var name) || !item.AsMap().TryGetValue(value, out var content))
                throw new TemplateFault("'items2dict' needs dictionaries that have the key and the value");
            pairs.Add(new(MapKey.Of(name), content));
        }

        return ValueMap.Create(pairs);
    }

    private static Value Sort(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (Kinds.Defined(input).Kind != ValueKind.Map)
            throw new TemplateFault($"'dictsort' needs a dictionary, not {Kinds.Describe(input)}");
        var part = PythonText.Str(ref frame, arguments[1]) switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw new TemplateFault("'dictsort' sorts by 'key' or by 'value'"),
        };
        var pairs = Pairs(ref frame, input.AsMap());
        var order = StableSort.Order(ref frame, Keys.Of(ref frame, pairs, part, arguments[0]), Truth.Of(arguments[2]));
        frame.AllocateItems(2L * order.Length);
        return ValueList.Create(order.Select(index => pairs[index]));
    }
}

/// <summary><c>xmlattr</c>: a dictionary as attributes of an element; what is none or undefined is left out.</summary>
internal static class XmlAttributes
{
    public static Value Write(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (Kinds.Defined(input).Kind != ValueKind.Map)
            throw new TemplateFault($"'xmlattr' needs a dictionary, not {Kinds.Describe(input)}");
        var parts = new List<string>();
        foreach (var (name, value) in input.AsMap())
        {
            if (value.IsNull || Kinds.IsUndefined(value))
                continue;
            if (name.AsSpan().ContainsAny(" \t\n\v\f\r/>="))
                throw new TemplateFault("The name of an attribute holds a character that is not allowed there");
            frame.AllocateItem();
            frame.AllocateBuilt(2L * name.Length);
            parts.Add($"{Markup.Escape(ref frame, name)}=\"{Markup.Escape(ref frame, PythonText.Str(ref frame, value))}\"");
        }

        frame.AllocateText(2 * parts.Sum(part => (long)part.Length + 1));
        var text = string.Join(' ', parts);
        return Truth.Of(arguments[0]) && text.Length > 0 ? " " + text : text;
    }
}
