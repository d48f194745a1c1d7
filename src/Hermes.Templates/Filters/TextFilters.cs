using System.Text;
using AnyAscii;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters that make a text of what they are given and change it.</summary>
internal static class TextFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("lower", [], static (ref frame, input, _) => Mapped(ref frame, input, CaseMapping.Lower)),
        new("upper", [], static (ref frame, input, _) => Mapped(ref frame, input, CaseMapping.Upper)),
        new("capitalize", [], static (ref frame, input, _) => Mapped(ref frame, input, CaseMapping.Capitalize)),
        new("title", [], static (ref frame, input, _) => Mapped(ref frame, input, Words.Title)),
        new("string", [], static (ref frame, input, _) => PythonText.Str(ref frame, input)),
        new("trim", [Optional("chars", Value.Null)], Trim),
        new("replace", ["old", "new", Optional("count", Value.Null)], Replace),
        new("wordcount", [], static (ref frame, input, _) => Words.Count(PythonText.Str(ref frame, input))),
        new("reverse", [], Reverse),
        new("to_ascii", [], ToAscii),
    ];

    private static Value Mapped(ref Frame frame, Value input, Func<string, string> mapping)
    {
        var text = PythonText.Str(ref frame, input);
        CaseMapping.Pay(ref frame, text);
        return mapping(text);
    }

    private static Value Trim(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        return Stripping.Both(ref frame, text, arguments[0].IsNull ? null : PythonText.Str(ref frame, arguments[0]));
    }

    private static Value Replace(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var count = arguments[2].IsNull ? -1 : Numbers.Integer(arguments[2], "The count");
        return Replacement.Apply(
            ref frame,
            PythonText.Str(ref frame, input),
            PythonText.Str(ref frame, arguments[0]),
            PythonText.Str(ref frame, arguments[1]),
            count);
    }

    /// <summary>Each character in ASCII letters that come near it: accents go, and other scripts are written in Latin.</summary>
    private static Value ToAscii(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        if (Ascii.IsValid(text))
            return text;
        frame.AllocateBuilt(32 + text.Length);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            foreach (var letter in Transliteration.Transliterate(CodePoints.RuneAt(text, i)))
            {
                frame.AllocateBytes(4);
                result.Append((char)letter);
            }
        }

        return result.ToString();
    }

    private static Value Reverse(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (input.Kind == ValueKind.String)
            return Access.Slice(ref frame, input, Value.Null, Value.Null, -1);
        var given = Sequence.Of(ref frame, input);
        frame.AllocateItems(given.Length);
        var items = given.ToArray();
        Array.Reverse(items);
        return ValueList.Create(items);
    }
}
