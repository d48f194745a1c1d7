using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;

namespace Hermes.Templates.Operators;

/// <summary>
/// Arithmetic as in Python, on 64-bit integers: an overflow is an error. A decimal stays a decimal with integers and becomes a float with
/// a float.
/// </summary>
internal static class Arithmetic
{
    public static Operation For(BinaryOperator binary) => binary switch
    {
        BinaryOperator.Add => Add,
        BinaryOperator.Subtract => static (ref frame, left, right) => TimeArithmetic.TryApply(BinaryOperator.Subtract, ref frame, left, right[0])
            ?? Numeric("-", left, right[0], Checked.Subtract, Floats.Subtract, Decimals.Subtract),
        BinaryOperator.Multiply => Multiply,
        BinaryOperator.Divide => static (ref frame, left, right) => TimeArithmetic.TryApply(BinaryOperator.Divide, ref frame, left, right[0])
            ?? Numeric("/", left, right[0], Checked.Divide, Floats.Divide, Decimals.Divide),
        BinaryOperator.FloorDivide => static (ref frame, left, right) => TimeArithmetic.TryApply(BinaryOperator.FloorDivide, ref frame, left, right[0])
            ?? Numeric("//", left, right[0], Checked.FloorDivide, Floats.FloorDivide, Decimals.FloorDivide),
        BinaryOperator.Modulo => Modulo,
        _ => static (ref frame, left, right) => Numeric("**", left, right[0], Checked.Power, Floats.Power, Decimals.Power),
    };

    public static Value Negate(Value value) => value.Kind switch
    {
        ValueKind.Integer or ValueKind.Boolean => Numbers.TryInteger(value) is { } integer and not long.MinValue
            ? -integer
            : throw new TemplateFault("The result of '-' is too large"),
        ValueKind.Double => -value.AsDouble(),
        ValueKind.Decimal => -value.AsDecimal(),
        ValueKind.Object when TimeDelta.Of(value) is { } delta && delta.Span != TimeSpan.MinValue => Value.From(new TimeDelta(-delta.Span)),
        ValueKind.Undefined => throw TemplateFault.UndefinedValue(),
        _ => throw new TemplateFault($"'-' needs a number, not {Kinds.Describe(value)}"),
    };

    public static Value Plus(Value value) => value.Kind switch
    {
        ValueKind.Boolean => Numbers.TryInteger(value)!.Value,
        ValueKind.Integer or ValueKind.Double or ValueKind.Decimal => value,
        ValueKind.Undefined => throw TemplateFault.UndefinedValue(),
        _ => throw new TemplateFault($"'+' needs a number, not {Kinds.Describe(value)}"),
    };

    public static Value Add(ref Frame frame, Value left, ReadOnlySpan<Value> arguments)
    {
        var right = arguments[0];
        switch (left.Kind, right.Kind)
        {
            case (ValueKind.String, ValueKind.String):
                frame.AllocateText((long)left.AsString().Length + right.AsString().Length);
                return left.AsString() + right.AsString();
            case (ValueKind.List, ValueKind.List):
                frame.AllocateItems((long)left.AsList().Count + right.AsList().Count);
                return ValueList.Create([.. left.AsList().AsSpan(), .. right.AsList().AsSpan()]);
            case (ValueKind.Bytes, ValueKind.Bytes):
                frame.AllocateBytes((long)left.AsBytes().Length + right.AsBytes().Length);
                return Value.From([.. left.AsBytes().Span, .. right.AsBytes().Span]);
            case (ValueKind.String, not ValueKind.Undefined):
                throw new TemplateFault($"'+' cannot join a text and {Kinds.Describe(right)}: use '~', which makes texts of both sides");
            default:
                return TimeArithmetic.TryApply(BinaryOperator.Add, ref frame, left, right)
                    ?? Numeric("+", left, right, Checked.Add, Floats.Add, Decimals.Add);
        }
    }

    private static Value Multiply(ref Frame frame, Value left, ReadOnlySpan<Value> arguments)
    {
        var right = arguments[0];
        if (left.Kind is ValueKind.String or ValueKind.List && Numbers.TryInteger(right) is { } times)
            return Repeat(ref frame, left, times);
        if (right.Kind is ValueKind.String or ValueKind.List && Numbers.TryInteger(left) is { } count)
            return Repeat(ref frame, right, count);
        return TimeArithmetic.TryApply(BinaryOperator.Multiply, ref frame, left, right)
            ?? Numeric("*", left, right, Checked.Multiply, Floats.Multiply, Decimals.Multiply);
    }

    private static Value Repeat(ref Frame frame, Value value, long times)
    {
        // The length is capped before it is multiplied, so that the product cannot overflow; the limit refuses it long before.
        var count = (int)Math.Clamp(times, 0, int.MaxValue);
        if (value.TryGetString(out var text))
        {
            frame.AllocateText((long)text.Length * count);
            return Repetition.Of(text, count);
        }

        var list = value.AsList();
        frame.AllocateItems((long)list.Count * count);
        if (list.Count == 0 || count == 0)
            return ValueList.Empty;
        var items = new Value[list.Count * count];
        list.AsSpan().CopyTo(items);
        for (var filled = list.Count; filled < items.Length; filled *= 2)
            items.AsSpan(0, Math.Min(filled, items.Length - filled)).CopyTo(items.AsSpan(filled));
        return ValueList.Create(items);
    }

    private static Value Modulo(ref Frame frame, Value left, ReadOnlySpan<Value> arguments) => left.TryGetString(out var format)
        ? PrintfFormat.Apply(ref frame, format, arguments[0])
        : Numeric("%", left, arguments[0], Checked.Modulo, Floats.Modulo, Decimals.Modulo);

    private static Value Numeric(
        string name,
        Value left,
        Value right,
        Func<long, long, Value> integers,
        Func<double, double, double> floats,
        Func<decimal, decimal, Value> decimals)
    {
        var (leftKind, rightKind) = (left.Kind, right.Kind);
        if (!Kinds.IsNumber(leftKind) || !Kinds.IsNumber(rightKind))
        {
            if (leftKind == ValueKind.Undefined || rightKind == ValueKind.Undefined)
                throw TemplateFault.UndefinedValue();
            var hint = name is "+" or "-" && (left.Kind == ValueKind.DateTime || right.Kind == ValueKind.DateTime) ? ": use 'timedelta(days=1)'" : "";
            throw new TemplateFault($"'{name}' cannot be used between {Kinds.Describe(left)} and {Kinds.Describe(right)}{hint}");
        }

        try
        {
            if (leftKind == ValueKind.Double || rightKind == ValueKind.Double)
                return floats(Numbers.ToDouble(left), Numbers.ToDouble(right));
            return leftKind == ValueKind.Decimal || rightKind == ValueKind.Decimal
                ? decimals(Numbers.ToDecimal(left), Numbers.ToDecimal(right))
                : integers(Numbers.TryInteger(left)!.Value, Numbers.TryInteger(right)!.Value);
        }
        catch (OverflowException)
        {
            throw new TemplateFault($"The result of '{name}' is too large");
        }
        catch (DivideByZeroException)
        {
            throw new TemplateFault($"'{name}' divides by zero");
        }
    }
}

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
