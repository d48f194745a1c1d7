using System.Globalization;
using System.Text;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>
/// Upper, lower and title case with Unicode's full mappings, as Python has them: the German sharp s becomes SS in upper case.
/// </summary>
internal static class CaseMapping
{
    /// <summary>Counts the text that a change of case makes: one that is not plain ASCII is built piece by piece, and may become longer.</summary>
    public static void Pay(ref Frame frame, string text) => frame.AllocateBuilt(32 + ((Ascii.IsValid(text) ? 1L : 3L) * text.Length));

    public static string Upper(string text) => Ascii.IsValid(text) ? text.ToUpperInvariant() : Map(text, AppendUpper);

    public static string Lower(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : MapLower(text);

    /// <summary>The first character in title case, the others in lower case.</summary>
    public static string Capitalize(string text)
    {
        if (text.Length == 0)
            return text;
        var first = CodePoints.LengthAt(text, 0);
        var result = new StringBuilder(text.Length);
        AppendTitle(result, CodePoints.RuneAt(text, 0));
        for (var i = first; i < text.Length; i += CodePoints.LengthAt(text, i))
            AppendLower(result, text, i);
        return result.ToString();
    }

    /// <summary>Each run of letters starts in title case and goes on in lower case.</summary>
    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var inside = false;
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            var rune = CodePoints.RuneAt(text, i);
            if (!inside)
                AppendTitle(result, rune);
            else
                AppendLower(result, text, i);
            inside = IsCased(rune);
        }

        return result.ToString();
    }

    /// <summary>A form in which texts that differ in case only are equal.</summary>
    public static string Fold(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(text, static (result, rune) =>
    {
        if (SpecialCasing.Folded.TryGetValue(rune.Value, out var folded))
            result.Append(folded);
        else if (rune.Value is (>= 0x13A0 and <= 0x13F5) or (>= 0x13F8 and <= 0x13FD) or (>= 0xAB70 and <= 0xABBF))
            CodePoints.Append(result, Rune.ToUpperInvariant(rune));
        else
            AppendLower(result, rune);
    });

    /// <summary>Upper case for lower case, and the reverse.</summary>
    public static string Swap(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            var rune = CodePoints.RuneAt(text, i);
            if (IsUpper(rune))
                AppendLower(result, text, i);
            else if (IsLower(rune))
                AppendUpper(result, rune);
            else
                CodePoints.Append(result, rune);
        }

        return result.ToString();
    }

    /// <summary>Whether a character is in upper case: also Roman numerals and letters in circles.</summary>
    public static bool IsUpper(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.UppercaseLetter
        || rune.Value is (>= 0x2160 and <= 0x216F) or (>= 0x24B6 and <= 0x24CF);

    /// <summary>Whether a character is in lower case: also raised and lowered letters, Roman numerals, and letters in circles.</summary>
    public static bool IsLower(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.LowercaseLetter
        || rune.Value is 0xAA or 0xBA or 0x345 or 0x1D78 or 0x2071 or 0x207F or 0x2C0 or 0x2C1
            or (>= 0x2B0 and <= 0x2B8) or (>= 0x2E0 and <= 0x2E4)
            or (>= 0x1D2C and <= 0x1D6A) or (>= 0x1D9B and <= 0x1DBF) or (>= 0x2090 and <= 0x209C) or (>= 0x2170 and <= 0x217F)
            or (>= 0x24D0 and <= 0x24E9);

    public static bool IsCased(Rune rune) =>
        IsUpper(rune) || IsLower(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;

    private static string Map(string text, Action<StringBuilder, Rune> append)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
            append(result, CodePoints.RuneAt(text, i));
        return result.ToString();
    }

    private static string MapLower(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
            AppendLower(result, text, i);
        return result.ToString();
    }

    /// <summary>The code point here in lower case, which for the capital sigma depends on what stands around it.</summary>
    public static void AppendLower(StringBuilder result, string text, int index)
    {
        if (text[index] == SpecialCasing.CapitalSigma)
            result.Append(SpecialCasing.IsFinal(text, index) ? SpecialCasing.FinalSigma : SpecialCasing.SmallSigma);
        else
            AppendLower(result, CodePoints.RuneAt(text, index));
    }

    /// <summary>A code point in upper case.</summary>
    public static void AppendUpper(StringBuilder result, Rune rune)
    {
        if (SpecialCasing.Upper.TryGetValue(rune.Value, out var upper))
            result.Append(upper);
        else
            CodePoints.Append(result, Rune.ToUpperInvariant(rune));
    }

    private static void AppendLower(StringBuilder result, Rune rune)
    {
        if (SpecialCasing.Lower.TryGetValue(rune.Value, out var lower))
            result.Append(lower);
        else
            CodePoints.Append(result, Rune.ToLowerInvariant(rune));
    }

    private static void AppendTitle(StringBuilder result, Rune rune)
    {
        if (SpecialCasing.Title.TryGetValue(rune.Value, out var title))
            result.Append(title);
        else if (rune.Value is >= 0x10D0 and <= 0x10FF)
            CodePoints.Append(result, rune);
        else
            AppendUpper(result, rune);
    }
}
