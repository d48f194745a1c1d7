using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of texts that look for a part.</summary>
internal static class SearchMethods
{
    private delegate int Search(ReadOnlySpan<char> text, ReadOnlySpan<char> part);

    public static IEnumerable<Method> All =>
    [
        Affix("startswith", static (text, affix) => text.StartsWith(affix)),
        Affix("endswith", static (text, affix) => text.EndsWith(affix)),
        Find("find", static (text, part) => text.IndexOf(part), static () => -1),
        Find("rfind", static (text, part) => text.LastIndexOf(part), static () => -1),
        Find("index", static (text, part) => text.IndexOf(part), static () => throw NotFound("index")),
        Find("rindex", static (text, part) => text.LastIndexOf(part), static () => throw NotFound("rindex")),
        new FixedMethod(ValueKind.String, "count", ["sub", Optional("start", Value.Null), Optional("end", Value.Null)], Count),
    ];

    private static FixedMethod Affix(string name, Func<string, string, bool> has) =>
        new(ValueKind.String, name, ["affix", Optional("start", Value.Null), Optional("end", Value.Null)], (ref frame, target, arguments) =>
        {
            var (part, _) = Part(ref frame, target.AsString(), arguments[1], arguments[2]);
            if (arguments[0].Kind != ValueKind.List)
                return has(part, Arguments.Text(arguments[0], $"The argument of '{name}'"));
            frame.Step(arguments[0].AsList().Count);
            return arguments[0].AsList().Any(affix => has(part, Arguments.Text(affix, $"The argument of '{name}'")));
        });

    private static FixedMethod Find(string name, Search search, Func<long> notFound) =>
        new(ValueKind.String, name, ["sub", Optional("start", Value.Null), Optional("end", Value.Null)], (ref frame, target, arguments) =>
        {
            var (part, offset) = Part(ref frame, target.AsString(), arguments[1], arguments[2]);
            var found = search(part, Arguments.Text(arguments[0], $"The argument of '{name}'"));
            return found < 0 ? notFound() : offset + CodePoints.Count(part[..found]);
        });

    private static TemplateFault NotFound(string method) => new($"The text does not hold what '{method}' looks for");

    private static Value Count(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var (part, _) = Part(ref frame, target.AsString(), arguments[1], arguments[2]);
        var wanted = Arguments.Text(arguments[0], "The argument of 'count'");
        return wanted.Length == 0 ? CodePoints.Count(part) + 1 : part.AsSpan().Count(wanted);
    }

    /// <summary>The part of the text that is looked at, and how many code points stand before it.</summary>
    private static (string Text, long Offset) Part(ref Frame frame, string text, Value start, Value end)
    {
        frame.Step(text.Length / 8);
        if (start.IsNull && end.IsNull)
            return (text, 0);
        frame.AllocateText(text.Length);
        var range = SliceRange.Of(start, end, 1, CodePoints.Count(text));
        return (CodePoints.Slice(text, _ => range), range.Start);
    }
}
