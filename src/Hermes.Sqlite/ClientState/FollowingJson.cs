using System.Text.Json;
using System.Text.Json.Serialization;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.Events.Json;
using Hermes.Events.Schema;

namespace Hermes.Sqlite.ClientState;

/// <summary>Whom a client follows, as JSON.</summary>
internal static partial class FollowingJson
{
    private static readonly Generated Json = new(new JsonSerializerOptions
    {
        Converters = { new OffsetConverter(), new SchemaConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static byte[] Write(Following following) => JsonSerializer.SerializeToUtf8Bytes(following, Json.Following);

    public static Following Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Json.Following)!;

    [JsonSerializable(typeof(Following))]
    private sealed partial class Generated : JsonSerializerContext;

    private sealed class OffsetConverter : JsonConverter<BusOffset>
    {
        public override BusOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, BusOffset value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    private sealed class SchemaConverter : JsonConverter<DataSchema>
    {
        public override DataSchema Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            SchemaJson.Decode(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, DataSchema value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(SchemaJson.Encode(value));
    }
}
