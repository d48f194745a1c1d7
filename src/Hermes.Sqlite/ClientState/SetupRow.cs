using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;
using Hermes.Events.InitSync;
using Hermes.Events.Json;
using Hermes.Events.Schema;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>What the client was set up with.</summary>
internal static class SetupRow
{
    private const int MarkLength = 2 * sizeof(long);

    private static readonly Following Plain = new();

    public static ClientSetup? Read(SqliteConnection connection)
    {
        using var select = new SqliteStatement(
            connection,
            """
            SELECT dataschema, model, initstart, initstop, told, leftschema, dropped, rekeyed, producer, incarnation, lateststart, lateststop, latestproducer, starts, following
            FROM setup
            """);
        if (!select.Read())
            return null;
        var setup = new ClientSetup(
            SchemaJson.Decode(select.Blob(0)),
            SetupJson.ReadModel(select.Blob(1)),
            new InitSyncRange(new BusOffset(select.Long(2)), new BusOffset(select.Long(3))),
            SetupJson.ReadTold(select.Blob(4)))
        {
            Left = SchemaJson.Decode(select.Blob(5)),
            Dropped = SetupJson.ReadModel(select.Blob(6)),
            Rekeyed = SchemaJson.Decode(select.Blob(7)),
            Following = (select.IsNull(14) ? Plain : FollowingJson.Read(select.Blob(14))) with
            {
                Producer = select.Text(8),
                Incarnation = select.IsNull(9) ? null : select.Text(9),
                Latest = select.IsNull(10)
                    ? null
                    : new PassedInitSync(new InitSyncRange(new BusOffset(select.Long(10)), new BusOffset(select.Long(11))), select.Text(12)),
                Starts = ReadMarks(select.Blob(13)),
            },
        };
        select.Reset();
        return setup;
    }

    public static void Write(SqliteConnection connection, ClientSetup setup)
    {
        using var replace = new SqliteStatement(
            connection,
            """
            REPLACE INTO setup (
                id, dataschema, model, initstart, initstop, told, leftschema, dropped, rekeyed, producer, incarnation, lateststart, lateststop, latestproducer, starts,
                following)
            VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            """);
        var (following, latest) = (setup.Following, setup.Following.Latest);
        replace.Bind(0, SchemaJson.Encode(setup.Schema))
            .Bind(1, SetupJson.Write(setup.Model))
            .Bind(2, setup.InitSync.Start.Value)
            .Bind(3, setup.InitSync.Stop.Value)
            .Bind(4, SetupJson.Write(setup.Told))
            .Bind(5, SchemaJson.Encode(setup.Left))
            .Bind(6, SetupJson.Write(setup.Dropped))
            .Bind(7, SchemaJson.Encode(setup.Rekeyed))
            .Bind(8, following.Producer)
            .Bind(9, following.Incarnation)
            .Bind(10, latest?.Range.Start.Value)
            .Bind(11, latest?.Range.Stop.Value)
            .Bind(12, latest?.Producer)
            .Bind(13, Bytes(following.Starts))
            .Bind(14, RestOf(following) is { } rest ? FollowingJson.Write(rest) : null)
            .Run();
    }

    private static byte[] Bytes(ImmutableArray<MessageMark> marks)
    {
        var bytes = new byte[marks.Length * MarkLength];
        for (var i = 0; i < marks.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * MarkLength), marks[i].Offset.Value);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * MarkLength + sizeof(long)), marks[i].Digest);
        }

        return bytes;
    }

    private static ImmutableArray<MessageMark> ReadMarks(ReadOnlySpan<byte> bytes)
    {
        var marks = ImmutableArray.CreateBuilder<MessageMark>(bytes.Length / MarkLength);
        for (; !bytes.IsEmpty; bytes = bytes[MarkLength..])
            marks.Add(new(new BusOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes)), BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..])));
        return marks.MoveToImmutable();
    }

    // What has no column of its own: nearly always nothing, and to make the readers and writers of such JSON is a tenth of what a start costs.
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
}

/// <summary>The seldom changing parts of a state as JSON.</summary>
internal static class SetupJson
{
    public static byte[] Write(ModelSnapshot model) => JsonSerializer.SerializeToUtf8Bytes(model.Types, StateJson.Default.ImmutableSortedDictionaryStringTypeSnapshot);

    public static ModelSnapshot ReadModel(ReadOnlySpan<byte> json) => new(
        JsonSerializer.Deserialize(json, StateJson.Default.DictionaryStringTypeSnapshot)!.ToImmutableSortedDictionary(
            type => type.Key,
            type => type.Value with
            {
                Mapping = type.Value.Mapping.ToImmutableSortedDictionary(StringComparer.Ordinal),

                // States of before have none.
                References = type.Value.References?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, TargetReference>.Empty,
            },
            StringComparer.Ordinal));

    public static byte[] Write(ImmutableDictionary<string, ImmutableArray<string>> told) =>
        JsonSerializer.SerializeToUtf8Bytes(told, StateJson.Default.ImmutableDictionaryStringImmutableArrayString);

    public static ImmutableDictionary<string, ImmutableArray<string>> ReadTold(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, StateJson.Default.DictionaryStringImmutableArrayString)!.ToImmutableDictionary(StringComparer.Ordinal);
}

/// <summary>Whom a client follows, as JSON.</summary>
internal static partial class FollowingJson
{
    private static readonly Generated Json = new(new JsonSerializerOptions
    {
        Converters = { new SchemaConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static byte[] Write(Following following) => JsonSerializer.SerializeToUtf8Bytes(following, Json.Following);

    public static Following Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Json.Following)!;

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
