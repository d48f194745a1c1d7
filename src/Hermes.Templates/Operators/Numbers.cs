using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Operators;

/// <summary>Conversions and comparisons between the kinds of numbers.</summary>
internal static class Numbers
{
    /// <summary>2 to the power of 63, the first float above all integers.</summary>
    private const double AboveIntegers = 9223372036854775808.0;

    /// <summary>The integer that a Boolean or an integer is, or null.</summary>
    public static long? TryInteger(Value value) => value.Kind switch
    {
        ValueKind.Integer => value.AsInteger(),
        ValueKind.Boolean => value.AsBoolean() ? 1 : 0,
        _ => null,
    };

    /// <summary>The integer that an argument is.</summary>
    /// <param name="value">The argument.</param>
    /// <param name="what">What it is, for the error message.</param>
    /// <exception cref="TemplateFault">It is not an integer.</exception>
    public static long Integer(Value value, string what) =>
        TryInteger(Kinds.Defined(value)) ?? throw new TemplateFault($"{what} must be an integer, not {Kinds.Describe(value)}");

    public static double ToDouble(Value value) => value.Kind switch
    {
        ValueKind.Double => value.AsDouble(),
        ValueKind.Decimal => (double)value.AsDecimal(),
        _ => TryInteger(value) ?? 0,
    };

    public static decimal ToDecimal(Value value) => value.Kind == ValueKind.Decimal ? value.AsDecimal() : TryInteger(value) ?? 0;

    /// <summary>Compares two numbers by what they are worth; null if one is not a number (NaN).</summary>
    public static int? Compare(Value left, Value right)
    {
        var (leftKind, rightKind) = (left.Kind, right.Kind);
        if (leftKind != ValueKind.Double && rightKind != ValueKind.Double)
        {
            return leftKind == ValueKind.Decimal || rightKind == ValueKind.Decimal
                ? ToDecimal(left).CompareTo(ToDecimal(right))
                : TryInteger(left)!.Value.CompareTo(TryInteger(right)!.Value);
        }

        if (leftKind == ValueKind.Double && TryInteger(right) is { } integer)
            return -Compare(integer, left.AsDouble());
        if (rightKind == ValueKind.Double && TryInteger(left) is { } other)
            return Compare(other, right.AsDouble());

        var (a, b) = (ToDouble(left), ToDouble(right));
        return double.IsNaN(a) || double.IsNaN(b) ? null : a.CompareTo(b);
    }

    /// <summary>A float as an integer, towards zero.</summary>
    /// <exception cref="TemplateFault">It does not fit.</exception>
    public static long Truncate(double value) => value is >= -AboveIntegers and < AboveIntegers
        ? (long)value
        : throw new TemplateFault("The number does not fit a 64-bit integer");

    /// <summary>A decimal as an integer, towards zero.</summary>
    /// <exception cref="TemplateFault">It does not fit.</exception>
    public static long Truncate(decimal value) => value is >= long.MinValue and <= long.MaxValue
        ? (long)value
        : throw new TemplateFault("The number does not fit a 64-bit integer");

    /// <summary>Reads a number as Python's float() does: with spaces around and underscores between digits.</summary>
    public static bool TryParseFloat(string text, out double value)
    {
        value = 0;
        var trimmed = text.Trim();
        if (!TryRemoveUnderscores(ref trimmed))
            return false;
        switch (trimmed.TrimStart('+', '-').ToLowerInvariant())
        {
            case "inf" or "infinity" when trimmed.Length > 0 && trimmed.LastIndexOfAny(['+', '-']) <= 0:
                value = trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
                return true;
            case "nan" when trimmed.LastIndexOfAny(['+', '-']) <= 0:
                value = double.NaN;
                return true;
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return trimmed.Length > 0 && (char.IsAsciiDigit(trimmed[^1]) || trimmed[^1] == '.')
            && double.TryParse(trimmed, style, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Takes single underscores from between digits; false if one stands elsewhere.</summary>
    public static bool TryRemoveUnderscores(ref string text)
    {
        for (var i = text.IndexOf('_', StringComparison.Ordinal); i >= 0; i = text.IndexOf('_', i + 1))
        {
            if (i == 0 || i == text.Length - 1 || !char.IsAsciiLetterOrDigit(text[i - 1]) || !char.IsAsciiLetterOrDigit(text[i + 1]))
                return false;
        }

        text = text.Replace("_", "", StringComparison.Ordinal);
        return true;
    }

    private static int? Compare(long integer, double value)
    {
        if (double.IsNaN(value))
            return null;
        if (value >= AboveIntegers)
            return -1;
        if (value < -AboveIntegers)
            return 1;
        var whole = Math.Truncate(value);
        var order = integer.CompareTo((long)whole);
        return order != 0 ? order : whole.CompareTo(value);
    }
}
