using Hermes.Abstractions.Data;

namespace Hermes.Templates.Text;

/// <summary>The digits of a number in the notation that a format asks for: <c>f</c>, <c>e</c>, <c>g</c>, <c>%</c> or none.</summary>
internal static class NumberText
{
    /// <param name="digits">The exact digits, without sign.</param>
    /// <param name="value">The number itself, for its shortest form.</param>
    /// <param name="spec">The format.</param>
    /// <exception cref="TemplateFault">The type of the format is not known.</exception>
    public static string Of(DecimalDigits digits, Value value, FormatSpec spec)
    {
        var precision = spec.Precision ?? 6;
        return spec.Type switch
        {
            'f' or 'F' => Fixed(digits, precision, spec.IsAlternate),
            '%' => Fixed(digits, precision, spec.IsAlternate) + "%",
            'e' => digits.RoundTo(precision + 1).Scientific('e', precision),
            'E' => digits.RoundTo(precision + 1).Scientific('E', precision),
            'g' or 'n' => General(digits, precision, 'e', spec.IsAlternate),
            'G' => General(digits, precision, 'E', spec.IsAlternate),
            '\0' when spec.Precision is null => value.Kind == ValueKind.Double
                ? FloatText.Shortest(Math.Abs(value.AsDouble()))
                : digits.Fixed(Scale(value)),
            '\0' => WithPoint(General(digits, precision, 'e', isAlternate: false)),
            _ => throw new TemplateFault("The type of the format does not fit a number"),
        };
    }

    private static string Fixed(DecimalDigits digits, int precision, bool isAlternate) =>
        digits.RoundAt(precision).Fixed(precision) + (isAlternate && precision == 0 ? "." : "");

    /// <summary>So many digits in all; scientific where the number is very large or very small.</summary>
    private static string General(DecimalDigits digits, int precision, char letter, bool isAlternate)
    {
        precision = Math.Max(precision, 1);
        var rounded = digits.RoundTo(precision);
        if (rounded.Exponent < -4 || rounded.Exponent >= precision)
            return rounded.Scientific(letter, isAlternate ? precision - 1 : 0);
        return rounded.Fixed(isAlternate ? Math.Max(0, precision - 1 - rounded.Exponent) : 0);
    }

    /// <summary>A float looks like one.</summary>
    private static string WithPoint(string text) => text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";

    private static int Scale(Value value) => value.Kind == ValueKind.Decimal ? value.AsDecimal().Scale : 0;
}
