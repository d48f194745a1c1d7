using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters for values of all kinds.</summary>
internal static class ValueFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("default", [Optional("default_value", ""), Optional("boolean", false)], Default),
        new("d", [Optional("default_value", ""), Optional("boolean", false)], Default),
        new("ternary", ["true_val", "false_val", Optional("none_val", Value.Null)], static (ref _, input, arguments) =>
            input.IsNull && !arguments[2].IsNull ? arguments[2] : Truth.Of(input) ? arguments[0] : arguments[1]),
        new("extract", ["container", Optional("morekeys", Value.Null)], Extract),
        new("attr", ["name"], Attribute),
        new("tojson", [Optional("indent", Value.Null)], Json.Write),
        new("pprint", [], PrettyText.Write),
    ];

    /// <summary>Unlike in Jinja, replaces none as well: a column without a value is none, and this is how one is dealt with.</summary>
    private static Value Default(ref Frame frame, Value input, ReadOnlySpan<Value> arguments) =>
        Kinds.IsUndefined(input) || input.IsNull || (Truth.Of(arguments[1]) && !Truth.Of(input)) ? arguments[0] : input;

    /// <summary>As in Ansible, what a container holds under the input, and within that under further keys.</summary>
    private static Value Extract(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var found = Access.Subscript(ref frame, arguments[0], input);
        if (arguments[1].Kind != ValueKind.List)
            return arguments[1].IsNull ? found : Access.Subscript(ref frame, found, arguments[1]);
        foreach (var key in arguments[1].AsList().AsSpan())
            found = Access.Subscript(ref frame, found, key);
        return found;
    }

    /// <summary>As in Jinja, takes attributes only, not the items of a dictionary.</summary>
    private static Value Attribute(ref Frame frame, Value input, ReadOnlySpan<Value> arguments) => input.Kind == ValueKind.Map
        ? Value.Undefined
        : Access.MemberByValue(input, PythonText.Str(ref frame, arguments[0]));
}

/// <summary>As <c>repr()</c>, with the keys of dictionaries in order, and one item per line where all do not fit 80 columns.</summary>
internal static class PrettyText
{
    private const int Width = 80;

    public static Value Write(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        frame.AllocateText(32);
        var result = new StringBuilder();
        Append(ref frame, Kinds.Defined(Ordered(ref frame, input)), 0, 0, result);
        return result.ToString();
    }

    /// <param name="frame">Pays for the work.</param>
    /// <param name="value">The value.</param>
    /// <param name="indent">The column it starts in.</param>
    /// <param name="allowance">How much stands behind it on its line.</param>
    /// <param name="result">Where it goes.</param>
    private static void Append(ref Frame frame, Value value, int indent, int allowance, StringBuilder result)
    {
        var text = PythonText.Repr(ref frame, value);
        if (text.Length <= Width - indent - allowance || value.Kind is not (ValueKind.List or ValueKind.Map))
        {
            frame.AllocateBuilt(text.Length);
            result.Append(text);
            return;
        }

        if (value.Kind == ValueKind.List)
        {
            frame.Enter();
            var list = value.AsList();
            result.Append('[');
            for (var i = 0; i < list.Count; i++)
            {
                Separate(ref frame, i, indent + 1, result);
                Append(ref frame, list[i], indent + 1, i == list.Count - 1 ? allowance + 1 : 1, result);
            }

            result.Append(']');
            frame.Leave();
            return;
        }

        frame.Enter();
        frame.AllocatePairs(value.AsMap().Count);
        var pairs = value.AsMap().ToList();
        result.Append('{');
        for (var i = 0; i < pairs.Count; i++)
        {
            Separate(ref frame, i, indent + 1, result);
            var key = PythonText.Repr(ref frame, pairs[i].Key) + ": ";
            frame.AllocateBuilt(2L * key.Length);
            result.Append(key);
            Append(ref frame, pairs[i].Value, indent + 1 + key.Length, i == pairs.Count - 1 ? allowance + 1 : 1, result);
        }

        result.Append('}');
        frame.Leave();
    }

    private static void Separate(ref Frame frame, int index, int indent, StringBuilder result)
    {
        if (index == 0)
            return;
        frame.AllocateBuilt(indent + 2);
        result.Append(",\n").Append(' ', indent);
    }

    private static Value Ordered(ref Frame frame, Value value)
    {
        frame.Step(1);
        switch (value.Kind)
        {
            case ValueKind.List:
                frame.Enter();
                frame.AllocateItems(value.AsList().Count);
                var items = new Value[value.AsList().Count];
                for (var i = 0; i < items.Length; i++)
                    items[i] = Ordered(ref frame, value.AsList()[i]);
                frame.Leave();
                return ValueList.Create(items);
            case ValueKind.Map:
                frame.Enter();
                frame.AllocatePairs(2L * value.AsMap().Count);
                frame.Step(16L * value.AsMap().Count);
                var pairs = new List<KeyValuePair<string, Value>>();
                foreach (var (name, item) in value.AsMap().OrderBy(pair => pair.Key, Comparer<string>.Create(CodePoints.Compare)))
                    pairs.Add(new(name, Ordered(ref frame, item)));
                frame.Leave();
                return ValueMap.Create(pairs);
            default:
                return value;
        }
    }
}
