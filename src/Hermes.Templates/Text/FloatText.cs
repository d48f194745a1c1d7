using System.Globalization;

namespace Hermes.Templates.Text;

/// <summary>A float in the fewest digits that read back as the same float, laid out as Python does.</summary>
internal static class FloatText
{
    public static string Shortest(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        var digits = DecimalDigits.Parse(value.ToString("R", CultureInfo.InvariantCulture));
        if (digits.Exponent is < -4 or >= 16)
            return digits.Scientific('e');
        var text = digits.Fixed();
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }
}
