using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Text;

/// <summary>
/// Reads integers as Python's int() does: in any base, with a sign, spaces around, underscores between digits and the prefix of the base.
/// </summary>
internal static class IntegerText
{
    /// <exception cref="TemplateFault">The base is none, or the integer does not fit 64 bits.</exception>
    public static bool TryParse(ref Frame frame, string text, long radix, out long value)
    {
        value = 0;
        if (radix is not (0 or (>= 2 and <= 36)))
            throw new TemplateFault("The base of an integer must be 0, or from 2 to 36");
        var digits = Stripping.Both(ref frame, text, null);
        var isNegative = digits.StartsWith('-');
        if (isNegative || digits.StartsWith('+'))
            digits = digits[1..];
        if (!TakePrefix(ref digits, ref radix) || digits.Length == 0 || !Numbers.TryRemoveUnderscores(ref digits))
            return false;

        Int128 sum = 0;
        foreach (var letter in digits)
        {
            var digit = char.IsDigit(letter) ? (int)char.GetNumericValue(letter)
                : char.IsAsciiLetter(letter) ? (letter | 0x20) - 'a' + 10
                : int.MaxValue;
            if (digit >= radix)
                return false;
            sum = Int128.Min((sum * radix) + digit, (Int128)long.MaxValue + 2);
        }

        sum = isNegative ? -sum : sum;
        value = sum >= long.MinValue && sum <= long.MaxValue ? (long)sum : throw new TemplateFault("The integer does not fit 64 bits");
        return true;
    }

    private static bool TakePrefix(ref string digits, ref long radix)
    {
        long prefixed = digits.Length > 2 && digits[0] == '0' ? (digits[1] | 0x20) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefixed != 0 && (radix == 0 || radix == prefixed))
        {
            radix = prefixed;
            digits = digits[2] == '_' ? digits[3..] : digits[2..];
        }
        else if (radix == 0)
        {
            radix = 10;
            return digits.Trim('0').Length == 0 || digits[0] != '0';
        }

        return true;
    }
}
