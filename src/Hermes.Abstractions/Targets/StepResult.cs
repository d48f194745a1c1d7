using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>Results of steps as the values that are remembered.</summary>
internal static class StepResult
{
    /// <exception cref="NotSupportedException">Results of this type cannot be remembered.</exception>
    public static void Require<T>(string step)
    {
        if (!IsKnown(typeof(T)))
        {
            throw new NotSupportedException(
                $"The result of the step '{step}' is a {typeof(T).Name}, which cannot be remembered. "
                + "Return a text, a number or another plain value, say how it becomes JSON, or return nothing.");
        }
    }

    public static Value Write<T>(T result) => result switch
    {
        null => Value.Null,
        Value { Kind: ValueKind.Object } => throw new NotSupportedException("An object of a template cannot be the result of a step."),
        Value { Kind: ValueKind.Undefined } => Value.Null,
        Value value => value,
        bool value => value,
        int value => value,
        long value => value,
        double value => value,
        decimal value => value,
        string value => value,
        DateTime value => value,
        byte[] value => value,
        _ => throw new NotSupportedException($"A {typeof(T).Name} cannot be the result of a step."),
    };

    /// <exception cref="InvalidOperationException">The remembered result is of another kind.</exception>
    public static T Read<T>(string step, Value remembered)
    {
        try
        {
            return Read(typeof(T), remembered) is T result ? result : default!;
        }
        catch (Exception mismatch) when (mismatch is InvalidOperationException or OverflowException)
        {
            throw new InvalidOperationException(
                $"The step '{step}' returned a {remembered.Kind} in an earlier attempt, which is not a {typeof(T).Name}. Give the changed step another name.", mismatch);
        }
    }

    private static bool IsKnown(Type type) =>
        type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(decimal)
        || type == typeof(string) || type == typeof(DateTime) || type == typeof(byte[]) || type == typeof(Value);

    private static object? Read(Type type, Value value)
    {
        if (type == typeof(Value))
            return value;
        if (value.IsNull)
            return null;
        if (type == typeof(string))
            return value.AsString();
        if (type == typeof(bool))
            return value.AsBoolean();
        if (type == typeof(int))
            return checked((int)value.AsInteger());
        if (type == typeof(long))
            return value.AsInteger();
        if (type == typeof(double))
            return value.AsDouble();
        if (type == typeof(decimal))
            return value.AsDecimal();
        return type == typeof(DateTime) ? value.AsDateTime() : value.AsBytes().ToArray();
    }
}
