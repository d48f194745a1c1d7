using System.Text.Json;
using System.Text.Json.Serialization;
using Hermes.Events.Json;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.State.Codecs;

/// <summary>Whom a client follows, as JSON.</summary>
internal static partial class FollowingJson
{
    private static readonly Following Plain = new();

    /// <summary>What has no column of its own; null if that is nothing.</summary>
    public static byte[]? WriteRest(Following following) => RestOf(following) is { } rest ? JsonSerializer.SerializeToUtf8Bytes(rest, Shared.Json.Following) : null;

    public static Following Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Shared.Json.Following)!;

    // Nearly always nothing, and to make the readers and writers of such JSON is a tenth of what a start costs.
    private static Following? RestOf(Following following)
    {
        var rest = following with
        {
            Producer = Plain.Producer,
            Incarnation = null,
            Latest = null,
            Starts = Plain.Starts,
            Others = following.Others.IsEmpty ? Plain.Others : following.Others,
            Drops = following.Drops.IsEmpty ? Plain.Drops : following.Drops,
            Held = following.Held.IsEmpty ? Plain.Held : following.Held,
        };
        return rest == Plain ? null : rest;
    }

    // Made when it is needed first.
    private static class Shared
    {
        public static readonly Generated Json = new(new JsonSerializerOptions
        {
            Converters = { new SchemaConverter() },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        });
    }

    [JsonSerializable(typeof(Following))]
    private sealed partial class Generated : JsonSerializerContext;

    private sealed class SchemaConverter : JsonConverter<DataSchema>
    {
        public override DataSchema Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            SchemaJson.Decode(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, DataSchema value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(SchemaJson.Encode(value));
    }
}
