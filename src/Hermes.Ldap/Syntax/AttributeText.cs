using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Syntax;

/// <summary>Values as LDAP writes them.</summary>
internal static class AttributeText
{
    /// <summary>A scalar as text: <c>TRUE</c>, <c>42</c>, <c>20240501123456Z</c>.</summary>
    public static string Of(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean() ? "TRUE" : "FALSE",
        ValueKind.DateTime => GeneralizedTime.Format(value.AsDateTime()),
        _ => value.ToString(),
    };

    /// <summary>
    /// The values of an attribute: texts and bytes, each once. The empty text is left out, since no LDAP syntax for texts allows it.
    /// </summary>
    /// <exception cref="FormatException">The value is a map, or holds one.</exception>
    public static ValueList Values(string attribute, Value value)
    {
        if (!value.IsSet)
            return ValueList.Empty;
        var items = value.Kind == ValueKind.List ? value.AsList() : [value];
        var values = new List<Value>(items.Count);
        foreach (var item in items)
        {
            if (item.IsNull)
                continue;
            if (!item.IsScalar)
                throw new FormatException($"The attribute '{attribute}' holds a {item.Kind.ToString().ToLowerInvariant()}, which LDAP cannot store. Map it to texts.");
            var stored = item.Kind == ValueKind.Bytes ? item : Of(item);
            if (!(stored.TryGetString(out var text) && text.Length == 0))
                values.Add(stored);
        }

        return ValueList.Create(values.Distinct());
    }
}
