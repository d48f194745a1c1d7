using System.Globalization;

namespace Hermes.Templates.Text;

/// <summary>
/// A number as its decimal digits, all of them: what rounds correctly (half to even) at any place and is laid out in any notation.
/// </summary>
/// <param name="IsNegative">Whether a minus sign stands before it.</param>
/// <param name="Digits">The digits without leading zeros; <c>0</c> for zero.</param>
/// <param name="Exponent">The power of ten of the first digit.</param>
internal readonly record struct DecimalDigits(bool IsNegative, string Digits, int Exponent)
{
    /// <summary>How many characters it takes to show a float with all its digits, with what is made on the way.</summary>
    public const int Cost = 8_000;

    private bool IsZero => Digits.AsSpan().Trim('0').IsEmpty;

    /// <summary>The exact digits of a finite float: at most 1,074 stand behind the point.</summary>
    public static DecimalDigits Exactly(double value) => Parse(value.ToString("F1074", CultureInfo.InvariantCulture));

    /// <summary>Reads what the framework writes: <c>-123.45</c> or <c>1.5E-07</c>.</summary>
    public static DecimalDigits Parse(string text)
    {
        var isNegative = text.StartsWith('-');
        var mantissa = text.AsSpan(isNegative ? 1 : 0);
        var exponent = 0;
        if (mantissa.IndexOf('E') is >= 0 and var e)
        {
            exponent = int.Parse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..].TrimEnd('0');
        var all = string.Concat(whole, fraction);
        var digits = all.TrimStart('0');
        return digits.Length == 0
            ? new DecimalDigits(isNegative, "0", 0)
            : new DecimalDigits(isNegative, digits, exponent + whole.Length - 1 - (all.Length - digits.Length));
    }

    /// <summary>Rounds half to even, to a number of digits behind the point; before it if negative.</summary>
    public DecimalDigits RoundAt(int decimals) => Keep(Exponent + 1 + decimals);

    /// <summary>Rounds half to even, to a number of digits in all.</summary>
    public DecimalDigits RoundTo(int significant) => Keep(significant);

    /// <summary><c>123.45</c>, with zeros up to so many decimals.</summary>
    public string Fixed(int decimals = 0)
    {
        var whole = Exponent < 0 ? "0" : Digits.Length > Exponent ? Digits[..(Exponent + 1)] : Digits.PadRight(Exponent + 1, '0');
        var fraction = Exponent < 0 ? new string('0', -Exponent - 1) + Digits
            : Digits.Length > Exponent + 1 ? Digits[(Exponent + 1)..]
            : "";
        fraction = (IsZero ? "" : fraction.TrimEnd('0')).PadRight(decimals, '0');
        return (IsNegative ? "-" : "") + whole + (fraction.Length > 0 ? "." + fraction : "");
    }

    /// <summary><c>1.2345e+02</c>, with zeros up to so many decimals.</summary>
    public string Scientific(char letter, int decimals = 0)
    {
        var fraction = Digits[1..].TrimEnd('0').PadRight(decimals, '0');
        var exponent = IsZero ? 0 : Exponent;
        var mantissa = fraction.Length > 0 ? $"{Digits[0]}.{fraction}" : Digits[..1];
        return $"{(IsNegative ? "-" : "")}{mantissa}{letter}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):D2}";
    }

    private DecimalDigits Keep(int count)
    {
        if (count >= Digits.Length || IsZero)
            return this;
        if (count < 0)
            return this with { Digits = "0", Exponent = 0 };
        var kept = Digits[..count];
        var rest = Digits.AsSpan(count);
        var isHalf = rest[0] == '5' && rest[1..].Trim('0').IsEmpty;
        var isUp = isHalf ? count > 0 && (kept[^1] - '0') % 2 == 1 : rest[0] >= '5';
        if (!isUp)
            return count == 0 ? this with { Digits = "0", Exponent = 0 } : this with { Digits = kept };
        var last = kept.AsSpan().LastIndexOfAnyExcept('9');
        return last < 0
            ? this with { Digits = "1" + new string('0', count), Exponent = Exponent + 1 }
            : this with { Digits = kept[..last] + (char)(kept[last] + 1) + new string('0', count - last - 1) };
    }
}
