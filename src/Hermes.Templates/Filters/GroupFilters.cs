using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters that make lists of lists.</summary>
internal static class GroupFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("batch", ["linecount", Optional("fill_with", Value.Null)], Batch),
        new("slice", ["slices", Optional("fill_with", Value.Null)], Slice),
        new("groupby", ["attribute", Optional("default", Value.Null), Optional("case_sensitive", false)], GroupBy),
    ];

    private static Value Batch(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var items = Sequence.Of(ref frame, input);
        var size = (int)Math.Clamp(Positive(arguments[0], "batch"), 1, int.MaxValue);
        var lines = new List<Value>();
        for (var start = 0; start < items.Length; start += Math.Min(size, items.Length - start))
        {
            frame.AllocateItem();
            frame.AllocateItems(2L * (arguments[1].IsNull ? Math.Min(size, items.Length - start) : size));
            var given = items.Slice(start, Math.Min(size, items.Length - start));
            var line = new Value[arguments[1].IsNull ? given.Length : size];
            given.CopyTo(line);
            Array.Fill(line, arguments[1], given.Length, line.Length - given.Length);
            lines.Add(ValueList.Create(line));
        }

        return ValueList.Create(lines);
    }

    /// <summary>So many lists of equal length; the first ones have one more item where it does not come out even.</summary>
    private static Value Slice(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var items = Sequence.Of(ref frame, input);
        var count = Positive(arguments[0], "slice");
        frame.AllocateItems(count);
        var (each, extra) = Math.DivRem(items.Length, count);
        var columns = new Value[count];
        var start = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var length = (int)each + (i < extra ? 1 : 0);
            frame.AllocateItems(length + 1);
            var column = items.Slice(start, length);
            columns[i] = ValueList.Create(i >= extra && !arguments[1].IsNull ? [.. column, arguments[1]] : column);
            start += length;
        }

        return ValueList.Create(columns);
    }

    private static Value GroupBy(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var given = Sequence.Of(ref frame, input);
        frame.AllocateItems(3L * given.Length);
        var items = given.ToArray();
        var isCaseSensitive = Truth.Of(arguments[2]);
        var shown = new Value[items.Length];
        var keys = new Value[items.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var key = Access.Path(ref frame, items[i], arguments[0]);
            shown[i] = Kinds.IsUndefined(key) && !arguments[1].IsNull ? arguments[1] : key;
            keys[i] = isCaseSensitive ? shown[i] : Keys.WithoutCase(ref frame, shown[i]);
        }

        var order = StableSort.Order(ref frame, keys, descending: false);
        var groups = new List<Value>();
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && Equality.AreEqual(keys[order[start]], keys[order[end]], ref frame))
                end++;
            frame.AllocateItem();
            frame.AllocateItems(4 + (2 * (end - start)));
            groups.Add(Value.From(new Group(shown[order[start]], ValueList.Create(order[start..end].Select(index => items[index])))));
            start = end;
        }

        return ValueList.Create(groups);
    }

    private static long Positive(Value value, string filter) =>
        Numbers.Integer(value, $"The number given to '{filter}'") is > 0 and var number
        ? number
        : throw new TemplateFault($"The number given to '{filter}' must be above zero");

    /// <summary>A pair whose parts have names: <c>group.grouper</c> and <c>group.list</c>.</summary>
    private sealed class Group(Value key, ValueList list) : TemplateObject
    {
        public override string Description => "a group";

        public override int? Count => 2;

        public override IEnumerable<Value> Items => [key, list];

        public override bool TryGetMember(string name, out Value value)
        {
            value = name == "grouper" ? key : list;
            return name is "grouper" or "list";
        }
    }
}
