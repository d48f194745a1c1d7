using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of lists.</summary>
internal static class ListMethods
{
    public static IEnumerable<Method> All =>
    [
        new FixedMethod(ValueKind.List, "index", ["value", Optional("start", Value.Null), Optional("stop", Value.Null)], Index),
        new FixedMethod(ValueKind.List, "count", ["value"], Count),
    ];

    private static Value Index(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var items = target.AsList();
        var range = SliceRange.Of(arguments[1], arguments[2], 1, items.Count);
        for (var i = range.Start; i < range.Start + range.Count; i++)
        {
            if (Equality.AreEqual(items[(int)i], arguments[0], ref frame))
                return i;
        }

        throw new TemplateFault("The list does not hold what 'index' looks for");
    }

    private static Value Count(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var count = 0;
        foreach (var item in target.AsList().AsSpan())
        {
            if (Equality.AreEqual(item, arguments[0], ref frame))
                count++;
        }

        return count;
    }
}
