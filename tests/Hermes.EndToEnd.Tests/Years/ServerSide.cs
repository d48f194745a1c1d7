using System.Collections.Immutable;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>What the server's administrator has declared.</summary>
internal sealed record ServerSide
{
    public static ServerSide First { get; } = new();

    public ImmutableArray<string> UserAttributes { get; init; } = ["id", "first", "last"];

    public ImmutableArray<string> StaffKey { get; init; } = ["id"];

    public bool HasRooms { get; init; }

    public void Describe(IHermesServerBuilder server, IDataSource database)
    {
        // Polls come when the story says so; one that comes by itself meets nothing new.
        server.AddSource("db", _ => database).PollEvery(TimeSpan.FromDays(30)).GuardRemovals(guard => guard.Enabled = false);
        server.DataType("SRVUsers", type => type.Key("id").From("db", rows => rows.Fetch("users").MapAll(UserAttributes)));
        server.DataType("SRVGroups", type => type.Key("id").From("db", rows => rows.Fetch("groups").MapAll("id", "name")));
        server.DataType("SRVMembers", type => type
            .Key("uid", "gid")
            .From("db", rows => rows.Fetch("members").MapAll("uid", "gid"))
            .ForeignKey("uid", "SRVUsers", "id")
            .ForeignKey("gid", "SRVGroups", "id")
            .IntegrityConstraint("{{ _SELF.uid in SRVUsers_pkeys and _SELF.gid in SRVGroups_pkeys }}"));
        server.DataType("SRVStaff", type => type.Key(StaffKey).From("db", rows => rows.Fetch("staff").MapAll("id", "badge", "name")));
        if (HasRooms)
            server.DataType("SRVRooms", type => type.Key("id").From("db", rows => rows.Fetch("rooms").MapAll("id", "floor")));
    }
}
