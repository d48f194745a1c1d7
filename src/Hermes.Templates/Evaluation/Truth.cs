using Hermes.Abstractions.Data;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Evaluation;

/// <summary>What counts as true: what is neither none, false, zero nor empty.</summary>
internal static class Truth
{
    /// <exception cref="TemplateFault">The value is undefined.</exception>
    public static bool Of(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean(),
        ValueKind.Null => false,
        ValueKind.String => value.AsString().Length > 0,
        ValueKind.Integer => value.AsInteger() != 0,
        ValueKind.List => value.AsList().Count > 0,
        ValueKind.Map => value.AsMap().Count > 0,
        ValueKind.Double => value.AsDouble() != 0,
        ValueKind.Decimal => value.AsDecimal() != 0,
        ValueKind.Bytes => value.AsBytes().Length > 0,
        ValueKind.Undefined => throw TemplateFault.UndefinedValue(),
        ValueKind.Object when TimeDelta.Of(value) is { } delta => delta.Span != TimeSpan.Zero,
        ValueKind.Object => value.AsObject().Count is not 0,
        _ => true,
    };
}
