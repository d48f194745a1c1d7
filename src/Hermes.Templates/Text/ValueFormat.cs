using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Text;

/// <summary>Lays out one value by a <see cref="FormatSpec"/>.</summary>
internal static class ValueFormat
{
    /// <exception cref="TemplateFault">The format does not fit the kind of the value.</exception>
    public static string Apply(ref Frame frame, Value value, FormatSpec spec)
    {
        frame.AllocateText(64 + spec.Width + (2 * (spec.Precision ?? 0)));
        if (spec.IsEmpty)
            return PythonText.Str(ref frame, value);
        switch (Kinds.Defined(value).Kind)
        {
            case ValueKind.String:
                return OfText(ref frame, value.AsString(), spec);
            case ValueKind.Boolean or ValueKind.Integer when spec.Type is '\0' or 'd' or 'n' or 'b' or 'o' or 'x' or 'X' or 'c':
                return OfInteger(ref frame, Numbers.TryInteger(value)!.Value, spec);
            case ValueKind.Boolean or ValueKind.Integer or ValueKind.Double or ValueKind.Decimal:
                return OfNumber(ref frame, value, spec);
            default:
                throw new TemplateFault($"{Kinds.Describe(value)} cannot be laid out by this format");
        }
    }

    private static string OfText(ref Frame frame, string text, FormatSpec spec)
    {
        if (spec.Type is not ('\0' or 's') || spec.Align == '=')
            throw new TemplateFault("a text cannot be laid out by the format of a number");
        if (spec.Precision is { } precision)
            text = text[..CodePoints.Offset(text, precision)];
        return Pad(ref frame, text, spec, '<');
    }

    private static string OfInteger(ref Frame frame, long value, FormatSpec spec)
    {
        if (spec.Type == 'c')
        {
            return Rune.IsValid((int)Math.Clamp(value, -1, int.MaxValue))
                ? Pad(ref frame, new Rune((int)value).ToString(), spec, '<')
                : throw new TemplateFault("The integer is no character");
        }

        var magnitude = value < 0 ? (ulong)-(Int128)value : (ulong)value;
        var (digits, prefix) = spec.Type switch
        {
            'b' => (magnitude.ToString("b", CultureInfo.InvariantCulture), "0b"),
            'o' => (Convert.ToString((long)magnitude, 8), "0o"),
            'x' => (magnitude.ToString("x", CultureInfo.InvariantCulture), "0x"),
            'X' => (magnitude.ToString("X", CultureInfo.InvariantCulture), "0X"),
            _ => (magnitude.ToString(CultureInfo.InvariantCulture), ""),
        };
        if (spec.Precision is { } precision)
            digits = digits.PadLeft(precision, '0');
        if (spec.Grouping != 0)
            digits = Grouped(digits, spec.Grouping, prefix.Length > 0 ? 4 : 3);
        return Signed(ref frame, value < 0, (spec.IsAlternate ? prefix : "") + digits, spec);
    }

    private static string OfNumber(ref Frame frame, Value value, FormatSpec spec)
    {
        frame.AllocateText(value.Kind == ValueKind.Decimal ? 600 : DecimalDigits.Cost);
        if (value.Kind != ValueKind.Decimal && !double.IsFinite(Numbers.ToDouble(value)))
        {
            var name = FloatText.Shortest(Math.Abs(Numbers.ToDouble(value))).TrimStart('-');
            name = char.IsUpper(spec.Type) ? name.ToUpperInvariant() : name;
            return Signed(ref frame, Numbers.ToDouble(value) < 0, name, spec with { Fill = " " });
        }

        var digits = value.Kind == ValueKind.Decimal
            ? DecimalDigits.Parse(value.AsDecimal().ToString(CultureInfo.InvariantCulture))
            : DecimalDigits.Exactly(Numbers.ToDouble(value) * (spec.Type == '%' ? 100 : 1));
        if (value.Kind == ValueKind.Decimal && spec.Type == '%')
            digits = digits with { Exponent = digits.Exponent + 2 };
        var text = NumberText.Of(digits with { IsNegative = false }, value, spec);
        if (spec.Grouping != 0)
        {
            var whole = text.Length - text.AsSpan().TrimStart("0123456789").Length;
            text = Grouped(text[..whole], spec.Grouping, 3) + text[whole..];
        }

        return Signed(ref frame, digits.IsNegative, text, spec);
    }

    private static string Signed(ref Frame frame, bool isNegative, string text, FormatSpec spec)
    {
        var sign = isNegative ? "-" : spec.Sign != 0 ? spec.Sign.ToString() : "";
        if (spec.Align is not ('=' or FormatSpec.ZeroPadded))
            return Pad(ref frame, sign + text, spec, '>');
        var prefix = text.Length > 1 && text[0] == '0' && char.IsAsciiLetter(text[1]) ? text[..2] : "";
        var width = spec.Width - sign.Length - prefix.Length;
        return sign + prefix + Padding.Apply(ref frame, text[prefix.Length..], width, spec.Fill, Alignment.Right);
    }

    private static string Pad(ref Frame frame, string text, FormatSpec spec, char defaultAlign) =>
        (spec.Align == 0 ? defaultAlign : spec.Align) switch
        {
            '<' or FormatSpec.ZeroPadded => Padding.Apply(ref frame, text, spec.Width, spec.Fill, Alignment.Left),
            '^' => Padding.Apply(ref frame, text, spec.Width, spec.Fill, Alignment.Middle),
            _ => Padding.Apply(ref frame, text, spec.Width, spec.Fill, Alignment.Right),
        };

    private static string Grouped(string digits, char separator, int size)
    {
        var result = new StringBuilder(digits);
        for (var i = digits.Length - size; i > 0; i -= size)
            result.Insert(i, separator);
        return result.ToString();
    }
}

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
