using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Operators;

/// <summary>Arithmetic of dates and spans of time, as in Python.</summary>
internal static class TimeArithmetic
{
    /// <summary>The result, or null if neither side is a date or a span.</summary>
    /// <exception cref="TemplateFault">The sides do not go together, or the result is out of range.</exception>
    public static Value? TryApply(BinaryOperator binary, ref Frame frame, Value left, Value right)
    {
        var (leftSpan, rightSpan) = (TimeDelta.Of(left), TimeDelta.Of(right));
        if (left.Kind != ValueKind.DateTime && right.Kind != ValueKind.DateTime && leftSpan is null && rightSpan is null)
            return null;
        frame.AllocateBytes(64);
        try
        {
            return Apply(binary, left, leftSpan?.Span, right, rightSpan?.Span);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            throw new TemplateFault("The date or the span of time is out of range");
        }
        catch (DivideByZeroException)
        {
            throw new TemplateFault("A span of time is divided by zero");
        }
    }

    private static Value? Apply(BinaryOperator binary, Value left, TimeSpan? leftSpan, Value right, TimeSpan? rightSpan)
    {
        switch (binary)
        {
            case BinaryOperator.Add when left.Kind == ValueKind.DateTime && rightSpan is { } later: return left.AsDateTime() + later;
            case BinaryOperator.Add when right.Kind == ValueKind.DateTime && leftSpan is { } before: return right.AsDateTime() + before;
            case BinaryOperator.Add when leftSpan is { } first && rightSpan is { } second: return Of(first + second);
            case BinaryOperator.Subtract when left.Kind == ValueKind.DateTime && rightSpan is { } earlier: return left.AsDateTime() - earlier;
            case BinaryOperator.Subtract when left.Kind == ValueKind.DateTime && right.Kind == ValueKind.DateTime:
                return Of(left.AsDateTime() - right.AsDateTime());
            case BinaryOperator.Subtract when leftSpan is { } whole && rightSpan is { } part: return Of(whole - part);
            case BinaryOperator.Multiply when leftSpan is { } once && Kinds.IsNumber(right): return Times(once, right);
            case BinaryOperator.Multiply when rightSpan is { } once && Kinds.IsNumber(left): return Times(once, left);
            case BinaryOperator.Divide when leftSpan is { } whole && rightSpan is { } part: return Floats.Divide(whole.Ticks, part.Ticks);
            case BinaryOperator.Divide when leftSpan is { } whole && Kinds.IsNumber(right): return Parts(whole, right);
            case BinaryOperator.FloorDivide when leftSpan is { } whole && rightSpan is { } part: return Checked.FloorDivide(whole.Ticks, part.Ticks);
            default: return null;
        }
    }

    private static Value Times(TimeSpan span, Value number) => Of(
        Numbers.TryInteger(number) is { } integer ? TimeSpan.FromTicks(checked(span.Ticks * integer)) : Of(span.Ticks * Numbers.ToDouble(number)));

    private static Value Parts(TimeSpan span, Value number) => Of(Of(Floats.Divide(span.Ticks, Numbers.ToDouble(number))));

    private static Value Of(TimeSpan span) => Value.From(new TimeDelta(span));

    /// <summary>Rounded to microseconds, as Python's spans are.</summary>
    private static TimeSpan Of(double ticks) => double.IsFinite(ticks)
        ? TimeSpan.FromMicroseconds(Math.Round(ticks / TimeSpan.TicksPerMicrosecond, MidpointRounding.ToEven))
        : throw new OverflowException();
}
