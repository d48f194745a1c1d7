using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hermes.Tool.Output;

/// <summary>How single values of an answer are shown to people. Pure.</summary>
internal static class Shown
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A time: to the second, of this world.</summary>
    public static string Time(JsonNode? time) => time is null ? ""
        : DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture).UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    /// <summary>A value: a text as it is, anything else as JSON.</summary>
    public static string Value(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => (string)text!,
        JsonArray list when list.All(item => item is JsonValue) => string.Join(", ", list.Select(Value)),
        _ => value.ToJsonString(Plain),
    };
}
