using System.Globalization;
using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Templates.Tests.Cases;

/// <summary>
/// Values as JSON. A number with a point or an exponent is a float, any other an integer; the kinds that JSON lacks are written
/// <c>{"$decimal": "1.50"}</c>, <c>{"$datetime": "2024-05-01T12:34:56"}</c>, <c>{"$bytes": "base64"}</c>.
/// </summary>
internal static class TypedJson
{
    public static Value Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => Value.Null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText().AsSpan().ContainsAny(".eE") ? Value.From(element.GetDouble()) : element.GetInt64(),
        JsonValueKind.Array => ValueList.Create(element.EnumerateArray().Select(Read)),
        _ => Special(element)
            ?? ValueMap.Create(element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Read(member.Value)))),
    };

    private static Value? Special(JsonElement element)
    {
        if (element.EnumerateObject().ToList() is not [{ Name: ['$', ..] } member])
            return null;
        var text = member.Value.GetString()!;
        return member.Name switch
        {
            "$decimal" => decimal.Parse(text, CultureInfo.InvariantCulture),
            "$datetime" => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            "$bytes" => Convert.FromBase64String(text),
            _ => throw new InvalidDataException($"{member.Name} is not known."),
        };
    }
}
