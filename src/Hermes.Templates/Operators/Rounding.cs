using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Templates.Text;

namespace Hermes.Templates.Operators;

/// <summary>Rounding of numbers to a number of digits behind the point, or before it if negative.</summary>
internal static class Rounding
{
    /// <summary>To the nearest, halves to the even side, of the exact value; an integer stays one.</summary>
    /// <exception cref="TemplateFault">The result is too large.</exception>
    public static Value Nearest(Value value, int precision)
    {
        switch (value.Kind)
        {
            case ValueKind.Double when double.IsFinite(value.AsDouble()):
                var rounded = DecimalDigits.Exactly(value.AsDouble()).RoundAt(precision);
                return double.Parse(rounded.Scientific('e'), CultureInfo.InvariantCulture);
            case ValueKind.Double:
                return value;
            case ValueKind.Decimal when precision >= 0:
                return Math.Round(value.AsDecimal(), Math.Min(precision, 28), MidpointRounding.ToEven);
            default:
                return RoundDigits(value, precision);
        }
    }

    public static Value Ceiling(Value value, int precision) => Scaled(value, precision, Math.Ceiling);

    public static Value Floor(Value value, int precision) => Scaled(value, precision, Math.Floor);

    private static Value RoundDigits(Value value, int precision)
    {
        var text = DecimalDigits.Parse(Numbers.ToDecimal(value).ToString(CultureInfo.InvariantCulture)).RoundAt(precision).Fixed();
        if (value.Kind == ValueKind.Decimal)
            return decimal.TryParse(text, CultureInfo.InvariantCulture, out var result)
                ? result
                : throw new TemplateFault("The rounded number is too large");
        return long.TryParse(text, CultureInfo.InvariantCulture, out var integer)
            ? integer
            : throw new TemplateFault("The rounded number does not fit 64 bits");
    }

    private static Value Scaled(Value value, int precision, Func<double, double> rounding)
    {
        var factor = Math.Pow(10, precision);
        return rounding(Numbers.ToDouble(value) * factor) / factor;
    }
}
