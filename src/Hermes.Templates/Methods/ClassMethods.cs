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

    /// <summary>Decimal digits, and those that are raised, lowered, in circles, in parentheses or before a full stop.</summary>
    private static bool IsDigit(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
        || rune.Value is 0xB2 or 0xB3 or 0xB9 or 0x19DA or 0x2070 or 0x24EA or 0x24FF
            or (>= 0x1369 and <= 0x1371) or (>= 0x2074 and <= 0x2079) or (>= 0x2080 and <= 0x2089)
            or (>= 0x2460 and <= 0x2468) or (>= 0x2474 and <= 0x247C) or (>= 0x2488 and <= 0x2490) or (>= 0x24F5 and <= 0x24FD)
            or (>= 0x2776 and <= 0x277E) or (>= 0x2780 and <= 0x2788) or (>= 0x278A and <= 0x2792) or (>= 0x1F100 and <= 0x1F10A);

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
