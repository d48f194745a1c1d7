using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of texts that take them apart.</summary>
internal static class SplitMethods
{
    private delegate int Search(ref Frame frame, string text, string separator);

    public static IEnumerable<Method> All =>
    [
        new FixedMethod(ValueKind.String, "split", [Optional("sep", Value.Null), Optional("maxsplit", -1)], Split),
        new FixedMethod(ValueKind.String, "rsplit", [Optional("sep", Value.Null), Optional("maxsplit", -1)], SplitFromRight),
        new FixedMethod(ValueKind.String, "splitlines", [Optional("keepends", false)], SplitLines),
        new FixedMethod(ValueKind.String, "partition", ["sep"], static (ref frame, target, arguments) =>
            Partition(
                ref frame,
                target.AsString(),
                arguments[0],
                static (ref frame, text, separator) => TextSearch.First(ref frame, text, separator),
                [0, 1, 2])),
        new FixedMethod(ValueKind.String, "rpartition", ["sep"], static (ref frame, target, arguments) =>
            Partition(
                ref frame,
                target.AsString(),
                arguments[0],
                static (ref frame, text, separator) => TextSearch.Last(ref frame, text, separator, text.Length),
                [2, 1, 0])),
    ];

    private static Value Split(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var (text, limit) = (target.AsString(), Limit(arguments[1]));
        return ListOf(
            ref frame,
            arguments[0].IsNull ? Splitting.AtSpaces(ref frame, text, limit) : Splitting.At(ref frame, text, Separator(arguments[0]), limit));
    }

    private static Value SplitFromRight(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var (text, limit) = (target.AsString(), Limit(arguments[1]));
        return ListOf(
            ref frame,
            arguments[0].IsNull ? Splitting.AtSpacesFromRight(ref frame, text, limit) : Splitting.FromRight(ref frame, text, Separator(arguments[0]), limit));
    }

    private static Value SplitLines(ref Frame frame, Value target, ReadOnlySpan<Value> arguments) =>
        ListOf(ref frame, Lines.Of(ref frame, target.AsString(), withEnds: Truth.Of(arguments[0])));

    private static Value Partition(ref Frame frame, string text, Value argument, Search find, int[] placesIfNotFound)
    {
        var separator = Separator(argument);
        frame.AllocateText(200 + text.Length);
        var at = find(ref frame, text, separator);
        string[] whole = [text, "", ""];
        return at < 0
            ? ListOf(ref frame, placesIfNotFound.Select(place => whole[place]).ToList())
            : ListOf(ref frame, [text[..at], separator, text[(at + separator.Length)..]]);
    }

    private static long Limit(Value value) => Numbers.Integer(value, "The number of splits") is >= 0 and var limit ? limit : long.MaxValue;

    private static string Separator(Value value) =>
        Arguments.Text(value, "The separator") is { Length: > 0 } separator
            ? separator
            : throw new TemplateFault("The separator cannot be empty");

    private static Value ListOf(ref Frame frame, List<string> texts)
    {
        frame.AllocateItems(texts.Count);
        var items = new Value[texts.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = texts[i];
        return ValueList.Create(items);
    }
}
