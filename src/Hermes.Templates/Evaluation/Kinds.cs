using Hermes.Abstractions.Data;

namespace Hermes.Templates.Evaluation;

/// <summary>What kinds are called in error messages, and what they have in common.</summary>
internal static class Kinds
{
    /// <summary>A kind with its article: <c>a text</c>. Never shows the value.</summary>
    public static string Describe(Value value) => value.Kind switch
    {
        ValueKind.Null => "none",
        ValueKind.Boolean => "a boolean",
        ValueKind.Integer => "an integer",
        ValueKind.Double => "a float",
        ValueKind.Decimal => "a decimal",
        ValueKind.String => "a text",
        ValueKind.DateTime => "a date and time",
        ValueKind.Bytes => "bytes",
        ValueKind.List => "a list",
        ValueKind.Map => "a dictionary",
        ValueKind.Undefined => "an undefined value",
        _ => value.AsObject().Description,
    };

    /// <summary>As in Python a Boolean counts as a number.</summary>
    public static bool IsNumber(ValueKind kind) => kind is ValueKind.Boolean or ValueKind.Integer or ValueKind.Double or ValueKind.Decimal;

    public static bool IsNumber(Value value) => IsNumber(value.Kind);

    public static bool IsUndefined(Value value) => value.Kind == ValueKind.Undefined;

    /// <exception cref="TemplateFault">The value is undefined.</exception>
    public static Value Defined(Value value) => value.Kind == ValueKind.Undefined ? throw TemplateFault.UndefinedValue() : value;
}
