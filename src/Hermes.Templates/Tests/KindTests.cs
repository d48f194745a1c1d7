using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;

namespace Hermes.Templates.Tests;

/// <summary>Tests of what a value is.</summary>
internal static class KindTests
{
    public static IEnumerable<Test> All =>
    [
        new("defined", [], static (ref _, input, _) => !Kinds.IsUndefined(input)),
        new("undefined", [], static (ref _, input, _) => Kinds.IsUndefined(input)),
        new("none", [], static (ref _, input, _) => input.IsNull),
        new("boolean", [], static (ref _, input, _) => input.Kind == ValueKind.Boolean),
        new("true", [], static (ref _, input, _) => input == true),
        new("false", [], static (ref _, input, _) => input == false),
        new("integer", [], static (ref _, input, _) => input.Kind == ValueKind.Integer),
        new("float", [], static (ref _, input, _) => input.Kind == ValueKind.Double),
        new("number", [], static (ref _, input, _) => Kinds.IsNumber(input)),
        new("string", [], static (ref _, input, _) => input.Kind == ValueKind.String),
        new("mapping", [], static (ref _, input, _) => input.Kind == ValueKind.Map),
        new("sequence", [], static (ref _, input, _) => input.Kind is ValueKind.String or ValueKind.List or ValueKind.Map or ValueKind.Bytes
            || (input.Kind == ValueKind.Object && input.AsObject().Items is not null)),
        new("iterable", [], static (ref _, input, _) => Sequence.IsIterable(Kinds.Defined(input))),
        new("lower", [], static (ref frame, input, _) =>
            HasOneCase(PythonText.Str(ref frame, input), CaseMapping.IsLower, CaseMapping.IsUpper)),
        new("upper", [], static (ref frame, input, _) =>
            HasOneCase(PythonText.Str(ref frame, input), CaseMapping.IsUpper, CaseMapping.IsLower)),
    ];

    /// <summary>Whether a text has letters of one case, and none of the other.</summary>
    public static bool HasOneCase(string text, Func<Rune, bool> wanted, Func<Rune, bool> unwanted)
    {
        var found = false;
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            var rune = CodePoints.RuneAt(text, i);
            if (unwanted(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.TitlecaseLetter)
                return false;
            found |= wanted(rune);
        }

        return found;
    }
}
