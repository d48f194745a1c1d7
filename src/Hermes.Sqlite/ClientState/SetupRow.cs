using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Codecs;
using Hermes.Events.InitSync;
using Hermes.Events.Json;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>What the client was set up with.</summary>
internal static class SetupRow
{
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
            Following = (select.IsNull(14) ? new Following() : FollowingJson.Read(select.Blob(14))) with
            {
                Producer = select.Text(8),
                Incarnation = select.IsNull(9) ? null : select.Text(9),
                Latest = select.IsNull(10)
                    ? null
                    : new PassedInitSync(new InitSyncRange(new BusOffset(select.Long(10)), new BusOffset(select.Long(11))), select.Text(12)),
                Starts = MarksCodec.Decode(select.Blob(13)),
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
            .Bind(13, MarksCodec.Encode(following.Starts))
            .Bind(14, FollowingJson.WriteRest(following))
            .Run();
    }
}
