using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;

namespace Hermes.Http.Scim;

/// <summary>Values as SCIM has them. Pure.</summary>
internal static class ScimValue
{
    /// <summary>The JSON of a value; null if it is not set.</summary>
    public static JsonNode? Write(Value value, bool booleansAsText)
    {
        if (!value.IsSet)
            return null;
        return value.Kind switch
        {
            ValueKind.Boolean when booleansAsText => JsonValue.Create(value.AsBoolean() ? "True" : "False"),
            ValueKind.List => new JsonArray([.. value.AsList().Select(item => Write(item, booleansAsText)).Where(node => node is not null)]),
            _ => JsonNode.Parse(PlainJson.ToText(value)),
        };
    }

    /// <summary>The value of JSON.</summary>
    /// <exception cref="FormatException">A number is greater than any that can be held.</exception>
    public static Value Read(JsonNode? node)
    {
        if (node is null)
            return Value.Null;
        using var document = JsonDocument.Parse(node.ToJsonString());
        return PlainJson.Read(document.RootElement);
    }

    /// <summary>Whether two values are the same to a server: lists have no order, and true may be written as a text.</summary>
    public static bool AreSame(Value left, Value right, bool ignoresCase)
    {
        if (!left.IsSet || !right.IsSet)
            return left.IsSet == right.IsSet;
        if (left == right)
            return true;
        if (left.Kind == ValueKind.List && right.Kind == ValueKind.List)
        {
            var (one, other) = (Texts(left.AsList()), Texts(right.AsList()));
            return one.SequenceEqual(other, ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        }

        if (!left.IsScalar || !right.IsScalar)
            return false;
        var isBoolean = left.Kind == ValueKind.Boolean || right.Kind == ValueKind.Boolean;
        return left.ToString().Equals(right.ToString(), ignoresCase || isBoolean ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    /// <summary>Whether JSON says no, be it a Boolean or a text.</summary>
    public static bool IsFalse(JsonNode? node) => node is JsonValue && Read(node).ToString().Equals("false", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Texts(ValueList list) =>
        list.Select(item => item.ToString()).Order(StringComparer.OrdinalIgnoreCase).ThenBy(text => text, StringComparer.Ordinal);
}
