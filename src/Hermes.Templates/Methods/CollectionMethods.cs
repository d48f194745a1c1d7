using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Filters;
using Hermes.Templates.Operators;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of lists and dictionaries; <c>get</c> also of objects, whose members it reads.</summary>
internal static class CollectionMethods
{
    public static IEnumerable<Method> All =>
    [
        new FixedMethod(ValueKind.List, "index", ["value", Optional("start", Value.Null), Optional("stop", Value.Null)], Index),
        new FixedMethod(ValueKind.List, "count", ["value"], Count),
        new FixedMethod(ValueKind.Map, "get", ["key", Optional("default", Value.Null)], static (ref _, target, arguments) =>
            Kinds.Defined(arguments[0]).TryGetString(out var key) && target.AsMap().TryGetValue(key, out var value) ? value : arguments[1]),
        new FixedMethod(ValueKind.Map, "keys", [], static (ref frame, target, _) =>
            Sequence.ListOf(ref frame, Sequence.Of(ref frame, target))),
        new FixedMethod(ValueKind.Map, "values", [], static (ref frame, target, _) =>
        {
            frame.AllocateItems(target.AsMap().Count);
            return ValueList.Create(target.AsMap().Values);
        }),
        new FixedMethod(ValueKind.Map, "items", [], static (ref frame, target, _) =>
            ValueList.Create(DictionaryFilters.Pairs(ref frame, target.AsMap()))),
        new FixedMethod(ValueKind.Object, "get", ["key", Optional("default", Value.Null)], static (ref _, target, arguments) =>
        {
            var member = Access.MemberByValue(target, Arguments.Text(arguments[0], "The argument of 'get'"));
            return Kinds.IsUndefined(member) ? arguments[1] : member;
        }),
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
