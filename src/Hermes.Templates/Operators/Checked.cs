using Hermes.Abstractions.Data;

namespace Hermes.Templates.Operators;

/// <summary>Arithmetic of 64-bit integers. Throws <see cref="OverflowException"/> and <see cref="DivideByZeroException"/>.</summary>
internal static class Checked
{
    public static Value Add(long left, long right) => checked(left + right);

    public static Value Subtract(long left, long right) => checked(left - right);

    public static Value Multiply(long left, long right) => checked(left * right);

    /// <summary>As in Python, the division of integers is a float.</summary>
    public static Value Divide(long left, long right) => right == 0 ? throw new DivideByZeroException() : (double)left / right;

    /// <summary>Rounds towards minus infinity.</summary>
    public static Value FloorDivide(long left, long right)
    {
        var quotient = checked(left / right);
        return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
    }

    /// <summary>The result has the sign of the right side.</summary>
    public static Value Modulo(long left, long right)
    {
        if (right == -1)
            return 0L;
        var remainder = left % right;
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder;
    }

    /// <summary>A negative exponent makes a float.</summary>
    public static Value Power(long left, long right)
    {
        if (right < 0)
            return Floats.Power(left, right);
        if (left is 0 or 1 || right == 0)
            return right == 0 ? 1L : left;
        if (left == -1)
            return right % 2 == 0 ? 1L : -1L;
        if (right > 63)
            throw new OverflowException();
        var result = 1L;
        for (; right > 0; right--)
            result = checked(result * left);
        return result;
    }
}
