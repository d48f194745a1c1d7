using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Codecs;
using Hermes.Events.InitSync;
using Hermes.Events.Json;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>What the client was set up with.</summary>
internal static class SetupRow
{
    private static readonly string[] Columns =
    [
        "dataschema", "model", "initstart", "initstop", "told", "leftschema", "dropped", "rekeyed", "producer", "incarnation", "lateststart", "lateststop", "latestproducer",
        "starts", "following",
    ];

    public static async Task<ClientSetup?> ReadAsync(NpgsqlConnection connection, string at) =>
        (await connection.Command($"SELECT {string.Join(", ", Columns)} FROM {at}.setup").RowsAsync(Read, default)).FirstOrDefault();

    /// <summary>Adds what writes it to a batch.</summary>
    public static void Add(NpgsqlBatch batch, string at, ClientSetup setup)
    {
        var (following, latest) = (setup.Following, setup.Following.Latest);
        batch
            .Add(
                $"""
                INSERT INTO {at}.setup (one, {string.Join(", ", Columns)}) VALUES (true, {string.Join(", ", Columns.Select((_, i) => $"${i + 1}"))})
                ON CONFLICT (one) DO UPDATE SET {string.Join(", ", Columns.Select(column => $"{column} = EXCLUDED.{column}"))}
                """)
            .With(SchemaJson.Encode(setup.Schema), NpgsqlDbType.Bytea)
            .With(SetupJson.Write(setup.Model), NpgsqlDbType.Bytea)
            .With(setup.InitSync.Start.Value, NpgsqlDbType.Bigint)
            .With(setup.InitSync.Stop.Value, NpgsqlDbType.Bigint)
            .With(SetupJson.Write(setup.Told), NpgsqlDbType.Bytea)
            .With(SchemaJson.Encode(setup.Left), NpgsqlDbType.Bytea)
            .With(SetupJson.Write(setup.Dropped), NpgsqlDbType.Bytea)
            .With(SchemaJson.Encode(setup.Rekeyed), NpgsqlDbType.Bytea)
            .With(following.Producer, NpgsqlDbType.Text)
            .With(following.Incarnation, NpgsqlDbType.Text)
            .With(latest?.Range.Start.Value, NpgsqlDbType.Bigint)
            .With(latest?.Range.Stop.Value, NpgsqlDbType.Bigint)
            .With(latest?.Producer, NpgsqlDbType.Text)
            .With(MarksCodec.Encode(following.Starts), NpgsqlDbType.Bytea)
            .With(FollowingJson.WriteRest(following), NpgsqlDbType.Bytea);
    }

    private static ClientSetup Read(NpgsqlDataReader row) => new(
        SchemaJson.Decode(Blob(row, 0)),
        SetupJson.ReadModel(Blob(row, 1)),
        new InitSyncRange(new BusOffset(row.GetInt64(2)), new BusOffset(row.GetInt64(3))),
        SetupJson.ReadTold(Blob(row, 4)))
    {
        Left = SchemaJson.Decode(Blob(row, 5)),
        Dropped = SetupJson.ReadModel(Blob(row, 6)),
        Rekeyed = SchemaJson.Decode(Blob(row, 7)),
        Following = (row.IsDBNull(14) ? new Following() : FollowingJson.Read(Blob(row, 14))) with
        {
            Producer = row.GetString(8),
            Incarnation = row.IsDBNull(9) ? null : row.GetString(9),
            Latest = row.IsDBNull(10)
                ? null
                : new PassedInitSync(new InitSyncRange(new BusOffset(row.GetInt64(10)), new BusOffset(row.GetInt64(11))), row.GetString(12)),
            Starts = MarksCodec.Decode(Blob(row, 13)),
        },
    };

    private static byte[] Blob(NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
