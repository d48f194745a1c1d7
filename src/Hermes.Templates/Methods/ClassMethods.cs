using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Tests;
using Hermes.Templates.Text;

namespace Hermes.Templates.Methods;

/// <summary>Methods of texts that tell what their characters are. All are false for the empty text, where Python's are.</summary>
internal static class ClassMethods
{
    public static IEnumerable<Method> All =>
    [
        Each("isdigit", IsDigit),
        Each("isdecimal", static rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber),
        Each("isnumeric", Rune.IsNumber),
        Each("isalpha", Rune.IsLetter),
        Each("isalnum", static rune => Rune.IsLetter(rune) || Rune.IsNumber(rune)),
        Each("isspace", static rune => rune.IsBmp && Stripping.IsSpace((char)rune.Value)),
        Of("islower", static text => KindTests.HasOneCase(text, CaseMapping.IsLower, CaseMapping.IsUpper)),
        Of("isupper", static text => KindTests.HasOneCase(text, CaseMapping.IsUpper, CaseMapping.IsLower)),
        Of("istitle", IsTitle),
        Of("isascii", static text => Ascii.IsValid(text)),
    ];

    private static FixedMethod Of(string name, Func<string, bool> test) => new(ValueKind.String, name, [], (ref frame, target, _) =>
    {
        frame.Step(target.AsString().Length);
        return test(target.AsString());
    });

    private static FixedMethod Each(string name, Func<Rune, bool> test) => Of(name, text =>
    {
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            if (!test(CodePoints.RuneAt(text, i)))
                return false;
        }

        return text.Length > 0;
    });

    /// <summary>Decimal digits, and those above or below the line.</summary>
    private static bool IsDigit(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNumber && Rune.GetNumericValue(rune) is >= 0 and <= 9 and var value
            && value == Math.Floor(value) && rune.Value is not (>= 0x3220 and <= 0x32B0));

    private static bool IsTitle(string text)
    {
        var (found, inside) = (false, false);
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            var rune = CodePoints.RuneAt(text, i);
            var isCapital = CaseMapping.IsCased(rune) && !CaseMapping.IsLower(rune);
            if (isCapital ? inside : CaseMapping.IsLower(rune) && !inside)
                return false;
            inside = CaseMapping.IsCased(rune);
            found |= inside;
        }

        return found;
    }
}
