using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of texts that give a changed text.</summary>
internal static class TextMethods
{
    private delegate string Strip(ref Frame frame, string text, string? characters);

    public static IEnumerable<Method> All =>
    [
        Mapped("lower", CaseMapping.Lower),
        Mapped("upper", CaseMapping.Upper),
        Mapped("capitalize", CaseMapping.Capitalize),
        Mapped("title", CaseMapping.Title),
        Mapped("casefold", CaseMapping.Fold),
        Mapped("swapcase", CaseMapping.Swap),
        Stripped("strip", Stripping.Both),
        Stripped("lstrip", Stripping.Left),
        Stripped("rstrip", Stripping.Right),
        new FixedMethod(ValueKind.String, "replace", ["old", "new", Optional("count", -1)], Replace),
        new FixedMethod(ValueKind.String, "join", ["iterable"], Join),
        new FixedMethod(ValueKind.String, "zfill", ["width"], ZeroFill),
        new FixedMethod(ValueKind.String, "removeprefix", ["prefix"], static (ref frame, target, arguments) =>
            WithoutPrefix(ref frame, target.AsString(), Arguments.Text(arguments[0], "The prefix"))),
        new FixedMethod(ValueKind.String, "removesuffix", ["suffix"], static (ref frame, target, arguments) =>
            WithoutSuffix(ref frame, target.AsString(), Arguments.Text(arguments[0], "The suffix"))),
        Padded("ljust", Alignment.Left),
        Padded("rjust", Alignment.Right),
        Padded("center", Alignment.Center),
        new FixedMethod(ValueKind.String, "encode", [Optional("encoding", "utf-8")], static (ref frame, target, arguments) =>
            Encodings.Encode(ref frame, target.AsString(), Arguments.Text(arguments[0], "The encoding"))),
    ];

    private static FixedMethod Mapped(string name, Func<string, string> mapping) =>
        new(ValueKind.String, name, [], (ref frame, target, _) =>
        {
            CaseMapping.Pay(ref frame, target.AsString());
            return mapping(target.AsString());
        });

    private static FixedMethod Padded(string name, Alignment alignment) =>
        new(ValueKind.String, name, ["width", Optional("fillchar", " ")], (ref frame, target, arguments) =>
        {
            var width = Numbers.Integer(arguments[0], "The width");
            return Padding.Apply(ref frame, target.AsString(), width, Arguments.Letter(arguments[1]), alignment);
        });

    private static string WithoutPrefix(ref Frame frame, string text, string prefix)
    {
        frame.AllocateText(text.Length);
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
    }

    private static string WithoutSuffix(ref Frame frame, string text, string suffix)
    {
        frame.AllocateText(text.Length);
        return text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;
    }

    private static FixedMethod Stripped(string name, Strip stripping) =>
        new(ValueKind.String, name, [Optional("chars", Value.Null)], (ref frame, target, arguments) =>
            stripping(ref frame, target.AsString(), arguments[0].IsNull ? null : Arguments.Text(arguments[0], "What is stripped")));

    private static Value Replace(ref Frame frame, Value target, ReadOnlySpan<Value> arguments) => Replacement.Apply(
        ref frame,
        target.AsString(),
        Arguments.Text(arguments[0], "What is replaced"),
        Arguments.Text(arguments[1], "The replacement"),
        Numbers.Integer(arguments[2], "The count"));

    private static Value Join(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var items = Sequence.Of(ref frame, arguments[0]);
        frame.AllocateItems(items.Length);
        var texts = new string[items.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Arguments.Text(items[i], "An item of what is joined");
            frame.AllocateText(texts[i].Length + target.AsString().Length);
        }

        return string.Join(target.AsString(), texts);
    }

    private static Value ZeroFill(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var text = target.AsString();
        var missing = Numbers.Integer(arguments[0], "The width") - CodePoints.Count(text);
        if (missing <= 0)
            return text;
        frame.AllocateText(2 * (text.Length + Math.Min(missing, int.MaxValue)));
        var sign = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        return text[..sign] + new string('0', (int)missing) + text[sign..];
    }
}
