using Hermes.Abstractions.Data;

namespace Hermes.Templates.Operators;

/// <summary>Arithmetic of decimals. Throws <see cref="OverflowException"/> and <see cref="DivideByZeroException"/>.</summary>
internal static class Decimals
{
    public static Value Add(decimal left, decimal right) => left + right;

    public static Value Subtract(decimal left, decimal right) => left - right;

    public static Value Multiply(decimal left, decimal right) => left * right;

    public static Value Divide(decimal left, decimal right) => left / right;

    /// <summary>As for decimals in Python, and unlike for integers, rounds towards zero.</summary>
    public static Value FloorDivide(decimal left, decimal right) => Math.Truncate(left / right);

    /// <summary>As for decimals in Python, and unlike for integers, the result has the sign of the left side.</summary>
    public static Value Modulo(decimal left, decimal right) => left % right;

    /// <summary>Exact for small whole exponents, else by way of a float.</summary>
    public static Value Power(decimal left, decimal right)
    {
        if (right != Math.Truncate(right) || right is < 0 or > 100)
            return (decimal)Floats.Power((double)left, (double)right);
        var result = 1m;
        for (var i = 0; i < right; i++)
            result *= left;
        return result;
    }
}
