using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hermes.Abstractions.Data;

/// <summary>
/// Values as the JSON that other programs write and expect: bytes are base64 text, dates are ISO 8601 text without a zone. It is not the wire
/// format of the events, which can tell such texts from others.
/// </summary>
public static class PlainJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value. One that is not set becomes null.</summary>
    public static void Write(Utf8JsonWriter writer, Value value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value.Kind)
        {
            case ValueKind.Null or ValueKind.Undefined: writer.WriteNullValue(); break;
            case ValueKind.Boolean: writer.WriteBooleanValue(value.AsBoolean()); break;
            case ValueKind.Integer: writer.WriteNumberValue(value.AsInteger()); break;
            case ValueKind.Double: writer.WriteNumberValue(value.AsDouble()); break;
            case ValueKind.Decimal: writer.WriteNumberValue(value.AsDecimal()); break;
            case ValueKind.List: WriteList(writer, value.AsList()); break;
            case ValueKind.Map: WriteMap(writer, value.AsMap()); break;
            default: writer.WriteStringValue(value.ToString()); break;
        }
    }

    /// <summary>Writes a map, an entry or anything else that has values by name, as an object.</summary>
    public static void WriteMap(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, Value>> values)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(values);
        writer.WriteStartObject();
        foreach (var (name, value) in values)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>A value as JSON text on one line.</summary>
    public static string ToText(Value value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>
    /// The value of a piece of JSON. A whole number is an integer however it is written (<c>1</c>, <c>1.0</c>, <c>1e0</c>), or a decimal beyond
    /// 64 bits; any other number is a double, or a decimal if a double would change its digits. Texts stay texts.
    /// </summary>
    /// <exception cref="FormatException">A number does not fit, or an object has two members of the same name.</exception>
    public static Value Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Value.Null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.Array => ValueList.Create(element.EnumerateArray().Select(Read)),
        _ => ValueMap.Create(ReadMembers(element)),
    };

    /// <summary>The members of an object, in the order in which they are written.</summary>
    /// <exception cref="FormatException">A number does not fit, or two members have the same name.</exception>
    public static List<KeyValuePair<string, Value>> ReadMembers(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<KeyValuePair<string, Value>>();
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Add(member.Name))
                throw new FormatException($"The object has two members named '{member.Name}'.");
            members.Add(new(member.Name, Read(member.Value)));
        }

        return members;
    }

    private static void WriteList(Utf8JsonWriter writer, ValueList list)
    {
        writer.WriteStartArray();
        foreach (var item in list)
            Write(writer, item);
        writer.WriteEndArray();
    }

    private static Value ReadNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var integer))
            return integer;
        var isExact = element.TryGetDecimal(out var exact);
        if (isExact && IsWhole(element, exact))
            return (long)exact;
        var isFraction = element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
        if (isFraction && element.TryGetDouble(out var number) && double.IsFinite(number) && (!isExact || HasDigitsOf(number, exact)))
            return number;
        return isExact ? exact : throw new FormatException("A number is greater than any that can be held.");
    }

    // A tiny fraction is zero as a decimal, but not as a double.
    private static bool IsWhole(JsonElement element, decimal exact) =>
        decimal.IsInteger(exact) && exact is >= long.MinValue and <= long.MaxValue && element.TryGetDouble(out var number) && double.IsInteger(number);

    // Longer than the double's shortest form: there are digits that only the decimal keeps.
    private static bool HasDigitsOf(double number, decimal exact) =>
        decimal.TryParse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back == exact;
}
