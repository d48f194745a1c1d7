using Hermes.Abstractions.Data;

namespace Hermes.Diff.Templates;

/// <summary>When a constraint holds.</summary>
internal static class Truth
{
    /// <summary>As in the template language: what is not set, false, zero and the empty text are not true.</summary>
    public static bool Of(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean(),
        ValueKind.Integer => value.AsInteger() != 0,
        ValueKind.Double => value.AsDouble() != 0,
        ValueKind.Decimal => value.AsDecimal() != 0,
        ValueKind.String => value.AsString().Length > 0,
        ValueKind.Object => value.AsObject().Count != 0,
        _ => value.IsSet,
    };
}
