using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of texts that take them apart.</summary>
internal static class SplitMethods
{
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
                static (text, separator) => text.IndexOf(separator, StringComparison.Ordinal),
                [0, 1, 2])),
        new FixedMethod(ValueKind.String, "rpartition", ["sep"], static (ref frame, target, arguments) =>
            Partition(
                ref frame,
                target.AsString(),
                arguments[0],
                static (text, separator) => text.LastIndexOf(separator, StringComparison.Ordinal),
                [2, 1, 0])),
    ];

    private static Value Split(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var (text, limit) = (target.AsString(), Limit(arguments[1]));
        frame.AllocateText(text.Length);
        return ListOf(
            ref frame,
            arguments[0].IsNull ? Splitting.AtSpaces(text, limit) : Splitting.At(text, Separator(arguments[0]), limit));
    }

    private static Value SplitFromRight(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var (text, limit) = (target.AsString(), Limit(arguments[1]));
        frame.AllocateText(text.Length);
        return ListOf(
            ref frame,
            arguments[0].IsNull ? Splitting.AtSpacesFromRight(text, limit) : Splitting.FromRight(text, Separator(arguments[0]), limit));
    }

    private static Value SplitLines(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        frame.AllocateText(target.AsString().Length);
        return ListOf(ref frame, Truth.Of(arguments[0]) ? Lines.WithEnds(target.AsString()) : Lines.Of(target.AsString()));
    }

    private static Value Partition(ref Frame frame, string text, Value argument, Func<string, string, int> find, int[] placesIfNotFound)
    {
        var separator = Separator(argument);
        frame.AllocateText(text.Length);
        var at = find(text, separator);
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
        frame.AllocateItems(2L * texts.Count);
        return ValueList.Create(texts.Select(text => Value.From(text)));
    }
}
