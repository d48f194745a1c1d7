using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of texts that look for a part.</summary>
internal static class SearchMethods
{
    private delegate int Search(ref Frame frame, string text, string part);

    public static IEnumerable<Method> All =>
    [
        Affix("startswith", static (text, affix) => text.StartsWith(affix)),
        Affix("endswith", static (text, affix) => text.EndsWith(affix)),
        Find("find", First, static () => -1),
        Find("rfind", Last, static () => -1),
        Find("index", First, static () => throw NotFound("index")),
        Find("rindex", Last, static () => throw NotFound("rindex")),
        new FixedMethod(ValueKind.String, "count", ["sub", Optional("start", Value.Null), Optional("end", Value.Null)], Count),
    ];

    private static FixedMethod Affix(string name, Func<string, string, bool> has) =>
        new(ValueKind.String, name, ["affix", Optional("start", Value.Null), Optional("end", Value.Null)], (ref frame, target, arguments) =>
        {
            var (part, _) = Part(ref frame, target.AsString(), arguments[1], arguments[2]);
            if (arguments[0].Kind != ValueKind.List)
                return has(part, Arguments.Text(arguments[0], $"The argument of '{name}'"));
            foreach (var affix in arguments[0].AsList().AsSpan())
            {
                var text = Arguments.Text(affix, $"The argument of '{name}'");
                frame.AllocateText(32 + (text.Length / 16));
                if (has(part, text))
                    return true;
            }

            return false;
        });

    private static FixedMethod Find(string name, Search search, Func<long> notFound) =>
        new(ValueKind.String, name, ["sub", Optional("start", Value.Null), Optional("end", Value.Null)], (ref frame, target, arguments) =>
        {
            var (part, offset) = Part(ref frame, target.AsString(), arguments[1], arguments[2]);
            var found = search(ref frame, part, Arguments.Text(arguments[0], $"The argument of '{name}'"));
            if (found < 0)
                return notFound();
            frame.AllocateText(found);
            return offset + CodePoints.Count(part[..found]);
        });

    private static int First(ref Frame frame, string text, string part) => TextSearch.First(ref frame, text, part);

    private static int Last(ref Frame frame, string text, string part) => TextSearch.Last(ref frame, text, part, text.Length);

    private static TemplateFault NotFound(string method) => new($"The text does not hold what '{method}' looks for");

    private static Value Count(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var (part, _) = Part(ref frame, target.AsString(), arguments[1], arguments[2]);
        var wanted = Arguments.Text(arguments[0], "The argument of 'count'");
        return wanted.Length == 0 ? CodePoints.Count(part) + 1 : TextSearch.Count(ref frame, part, wanted);
    }

    /// <summary>The part of the text that is looked at, and how many code points stand before it.</summary>
    private static (string Text, long Offset) Part(ref Frame frame, string text, Value start, Value end)
    {
        if (start.IsNull && end.IsNull)
            return (text, 0);
        var range = SliceRange.Of(start, end, 1, CodePoints.Count(text));
        return (CodePoints.Slice(ref frame, text, _ => range), range.Start);
    }
}
