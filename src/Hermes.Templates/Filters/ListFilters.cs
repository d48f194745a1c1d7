using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters over the items of a list, a text, a dictionary's keys or an object.</summary>
internal static class ListFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("first", [], First),
        new("last", [], Last),
        new("length", [], Length),
        new("count", [], Length),
        new("list", [], static (ref frame, input, _) =>
            input.Kind == ValueKind.List ? input : Sequence.ListOf(ref frame, Sequence.Of(ref frame, input))),
        new("join", [Optional("d", ""), Optional("attribute", Value.Null)], Join),
        new("sort", [Optional("reverse", false), Optional("case_sensitive", false), Optional("attribute", Value.Null)], Sort),
        new("unique", [Optional("case_sensitive", false), Optional("attribute", Value.Null)], Unique),
        new("min", [Optional("case_sensitive", false), Optional("attribute", Value.Null)],
            static (ref frame, input, arguments) => Extreme(ref frame, input, arguments, static order => order < 0)),
        new("max", [Optional("case_sensitive", false), Optional("attribute", Value.Null)],
            static (ref frame, input, arguments) => Extreme(ref frame, input, arguments, static order => order > 0)),
        new("sum", [Optional("attribute", Value.Null), Optional("start", 0)], Sum),
        new("random", [], Random),
    ];

    private static Value First(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (input.TryGetString(out var text))
            return CodePoints.At(text, 0) is { } first ? first : Value.Undefined;
        if (input.Kind == ValueKind.Object && input.AsObject().Items is { } objects)
            return objects.Take(1).DefaultIfEmpty(Value.Undefined).First();
        var items = Sequence.Of(ref frame, input);
        return items.IsEmpty ? Value.Undefined : items[0];
    }

    private static Value Last(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (input.TryGetString(out var text))
            return CodePoints.At(text, -1) is { } last ? last : Value.Undefined;
        var items = Sequence.Of(ref frame, input);
        return items.IsEmpty ? Value.Undefined : items[^1];
    }

    private static Value Length(ref Frame frame, Value input, ReadOnlySpan<Value> arguments) => Sequence.Length(ref frame, input);

    private static Value Join(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var separator = PythonText.Str(ref frame, arguments[0]);
        var items = Sequence.Of(ref frame, input);
        frame.AllocateItems(items.Length);
        var texts = new string[items.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            var item = arguments[1].IsNull ? items[i] : Access.Path(ref frame, items[i], arguments[1]);
            texts[i] = PythonText.Str(ref frame, item);
            frame.AllocateText(texts[i].Length + separator.Length);
        }

        return string.Join(separator, texts);
    }

    private static Value Sort(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var items = Sequence.Of(ref frame, input);
        var descending = Truth.Of(arguments[0]);
        int[] order;
        if (arguments[2].TryGetString(out var attributes) && attributes.Contains(',', StringComparison.Ordinal))
            order = StableSort.Order(ref frame, CombinedKeys(ref frame, items, attributes, arguments[1]), descending);
        else
            order = StableSort.Order(ref frame, Keys.Of(ref frame, items, arguments[2], arguments[1]), descending);

        frame.AllocateItems(items.Length);
        var result = new Value[items.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = items[order[i]];
        return ValueList.Create(result);
    }

    /// <summary>Several attributes, with commas between them, make a list for a key.</summary>
    private static Value[] CombinedKeys(ref Frame frame, ReadOnlySpan<Value> items, string attributes, Value caseSensitive)
    {
        var parts = new List<Value[]>();
        frame.AllocateBuilt(attributes.Length);
        foreach (var attribute in attributes.Split(','))
        {
            frame.AllocateItem();
            parts.Add(Keys.Of(ref frame, items, attribute, caseSensitive));
        }

        frame.AllocateItems(items.Length * (6L + parts.Count));
        return [.. Enumerable.Range(0, items.Length).Select(i => Value.From(ValueList.Create(parts.Select(part => part[i]))))];
    }

    private static Value Unique(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var items = Sequence.Of(ref frame, input);
        var keys = Keys.Of(ref frame, items, arguments[1], arguments[0]);
        frame.AllocateItems(4L * keys.Length);
        var seen = new KeyTable(keys.Length);
        var result = new List<Value>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            if (seen.TryAdd(ref frame, keys[i]))
                result.Add(items[i]);
        }

        return ValueList.Create(result);
    }

    private static Value Extreme(ref Frame frame, Value input, ReadOnlySpan<Value> arguments, Func<int?, bool> isBetter)
    {
        var items = Sequence.Of(ref frame, input);
        if (items.IsEmpty)
            return Value.Undefined;
        var keys = Keys.Of(ref frame, items, arguments[1], arguments[0]);
        var best = 0;
        for (var i = 1; i < keys.Length; i++)
        {
            if (isBetter(Ordering.Compare(keys[i], keys[best], ref frame)))
                best = i;
        }

        return items[best];
    }

    private static Value Sum(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var sum = Kinds.Defined(arguments[1]);
        if (sum.Kind == ValueKind.String)
            throw new TemplateFault("'sum' does not add texts: use 'join'");
        foreach (var item in Sequence.Of(ref frame, input))
        {
            var addend = arguments[0].IsNull ? item : Access.Path(ref frame, item, arguments[0]);
            sum = Arithmetic.Add(ref frame, sum, new ReadOnlySpan<Value>(in addend));
        }

        return sum;
    }

    private static Value Random(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var items = Sequence.Of(ref frame, input);
        return items.IsEmpty ? Value.Undefined : items[System.Random.Shared.Next(items.Length)];
    }
}

/// <summary>The distinct values seen so far, by the equality of the language. Counts its steps.</summary>
internal sealed class KeyTable(int capacity)
{
    private readonly Dictionary<int, int> _newest = new(capacity);
    private readonly List<(Value Key, int Older)> _keys = new(capacity);

    /// <returns>False if an equal value was added before.</returns>
    public bool TryAdd(ref Frame frame, Value key)
    {
        var hash = Equality.Hash(key, ref frame);
        var newest = _newest.TryGetValue(hash, out var found) ? found : -1;
        for (var i = newest; i >= 0; i = _keys[i].Older)
        {
            frame.Step(1);
            if (Equality.AreEqual(_keys[i].Key, key, ref frame))
                return false;
        }

        _newest[hash] = _keys.Count;
        _keys.Add((key, newest));
        return true;
    }
}
