namespace Hermes.Templates.Operators;

/// <summary>
/// Arithmetic of floating-point numbers. Throws <see cref="OverflowException"/> and <see cref="DivideByZeroException"/> where Python does.
/// </summary>
internal static class Floats
{
    public static double Add(double left, double right) => left + right;

    public static double Subtract(double left, double right) => left - right;

    public static double Multiply(double left, double right) => left * right;

    public static double Divide(double left, double right) => right == 0 ? throw new DivideByZeroException() : left / right;

    public static double FloorDivide(double left, double right)
    {
        var remainder = Modulo(left, right);
        var quotient = (left - remainder) / right;
        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    /// <summary>The result has the sign of the right side.</summary>
    public static double Modulo(double left, double right)
    {
        if (right == 0)
            throw new DivideByZeroException();
        var remainder = left % right;
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder;
    }

    public static double Power(double left, double right)
    {
        if (left == 0 && right < 0)
            throw new DivideByZeroException();
        if (left < 0 && double.IsFinite(left) && double.IsFinite(right) && right != Math.Floor(right))
            throw new TemplateFault("A negative number has no power with a fraction");
        var result = Math.Pow(left, right);
        return double.IsInfinity(result) && double.IsFinite(left) && double.IsFinite(right) ? throw new OverflowException() : result;
    }
}
