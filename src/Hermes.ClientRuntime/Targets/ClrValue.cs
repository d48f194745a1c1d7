using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Targets;

/// <summary>Reads values as objects of .NET types. Only what loses nothing is converted.</summary>
internal static class ClrValue
{
    public delegate bool Reader(Value value, out object? result);

    private static readonly Dictionary<Type, Reader> Readers = new()
    {
        [typeof(Value)] = (Value value, out object? result) => Succeed(value, out result),
        [typeof(string)] = (Value value, out object? result) => value.TryGetString(out var text) ? Succeed(text, out result) : Fail(out result),
        [typeof(bool)] = (Value value, out object? result) => value.Kind == ValueKind.Boolean ? Succeed(value.AsBoolean(), out result) : Fail(out result),
        [typeof(long)] = (Value value, out object? result) => value.Kind == ValueKind.Integer ? Succeed(value.AsInteger(), out result) : Fail(out result),
        [typeof(int)] = (Value value, out object? result) =>
            value.Kind == ValueKind.Integer && value.AsInteger() is >= int.MinValue and <= int.MaxValue ? Succeed((int)value.AsInteger(), out result) : Fail(out result),
        [typeof(double)] = (Value value, out object? result) => value.Kind switch
        {
            ValueKind.Double => Succeed(value.AsDouble(), out result),
            ValueKind.Integer => Succeed((double)value.AsInteger(), out result),
            _ => Fail(out result),
        },
        [typeof(decimal)] = (Value value, out object? result) => value.Kind switch
        {
            ValueKind.Decimal => Succeed(value.AsDecimal(), out result),
            ValueKind.Integer => Succeed((decimal)value.AsInteger(), out result),
            ValueKind.Double when Math.Abs(value.AsDouble()) < 1e15 => Succeed((decimal)value.AsDouble(), out result),
            _ => Fail(out result),
        },
        [typeof(DateTime)] = (Value value, out object? result) => value.Kind == ValueKind.DateTime ? Succeed(value.AsDateTime(), out result) : Fail(out result),
        [typeof(byte[])] = (Value value, out object? result) => value.Kind == ValueKind.Bytes ? Succeed(value.AsBytes().ToArray(), out result) : Fail(out result),
        [typeof(string[])] = (Value value, out object? result) => Texts(value) is { } texts ? Succeed(texts, out result) : Fail(out result),
        [typeof(IReadOnlyList<string>)] = (Value value, out object? result) => Texts(value) is { } texts ? Succeed(texts, out result) : Fail(out result),
        [typeof(ValueList)] = (Value value, out object? result) => value.Kind == ValueKind.List ? Succeed(value.AsList(), out result) : Fail(out result),
        [typeof(ValueMap)] = (Value value, out object? result) => value.Kind == ValueKind.Map ? Succeed(value.AsMap(), out result) : Fail(out result),
    };

    /// <summary>The types that values can be read as.</summary>
    public static string Known => string.Join(", ", Readers.Keys.Select(type => type == typeof(IReadOnlyList<string>) ? "IReadOnlyList<string>" : type.Name));

    public static Reader? ReaderFor(Type type) => Readers.GetValueOrDefault(type);

    private static string[]? Texts(Value value)
    {
        if (value.TryGetString(out var text))
            return [text];
        return value.Kind == ValueKind.List && value.AsList().All(item => item.Kind == ValueKind.String)
            ? [.. value.AsList().Select(item => item.AsString())]
            : null;
    }

    private static bool Succeed(object? value, out object? result)
    {
        result = value;
        return true;
    }

    private static bool Fail(out object? result)
    {
        result = null;
        return false;
    }
}
