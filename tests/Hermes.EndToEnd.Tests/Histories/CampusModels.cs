using Hermes.Abstractions.Templates;
using Hermes.Runtime.Registration;
using Hermes.Testing.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>The data models of server and client in random histories: a remote type with two local ones, templates, foreign keys, an integrity
/// constraint, keys that change and a secret attribute.</summary>
internal static class CampusModels
{
    public static void Describe(IHermesServerBuilder server, InMemorySource source, ServerSettings settings) => server
        .AddSource("db", _ => source)
        .PollEvery(TimeSpan.FromHours(6))
        .InitSyncAtFirstPoll()
        .GuardRemovals(guard => guard.Enabled = false)
        .DataType("SRVUsers", type => type.Key("id").From("db", rows => rows
            .Fetch("users").MapAll(settings.HasMail ? ["id", "first", "last", "mail"] : ["id", "first", "last"])))
        .DataType("SRVGroups", type => type.Key("id").From("db", rows => rows.Fetch("groups").MapAll("id", "name")))
        .DataType("SRVMembers", type => type
            .Key(settings.GroupComesFirst ? ["gid", "uid"] : ["uid", "gid"])
            .From("db", rows => rows.Fetch("members").MapAll("uid", "gid", "role"))
            .ForeignKey("uid", "SRVUsers", "id")
            .ForeignKey("gid", "SRVGroups", "id")
            .IntegrityConstraint("{{ _SELF.uid in SRVUsers_pkeys and _SELF.gid in SRVGroups_pkeys }}"))
        .DataType("SRVRooms", type => type
            .Key(settings.RoomKey switch
            {
                RoomKey.Code => ["code"],
                RoomKey.BuildingNumber => ["building", "number"],
                _ => ["number", "building"],
            })
            .From("db", rows => rows.Fetch("rooms").MapAll("code", "building", "number", "use", SecretWatch.Attribute))
            .Secret(SecretWatch.Attribute));

    public static void Describe(IHermesClientBuilder client, HistorySettings settings, Faults faults)
    {
        client.Services.AddSingleton<IAttributeFilter>(new CheckedFilter(faults));
        client
            .DataType("Users", type => _ = settings.Naming == Naming.FirstLast
                ? type.From("SRVUsers").Map("mail").Map("display", "{{ first | checked ~ ' ' ~ last }}")
                : type.From("SRVUsers").Map("display", "{{ last ~ ', ' ~ first | checked }}"))
            .DataType("Groups", type => _ = settings.Naming == Naming.FirstLast
                ? type.From("SRVGroups").Map("name")
                : type.From("SRVGroups").Map("name").Map("label", "{{ id ~ ':' ~ name }}"))
            .DataType("Members", type => type.From("SRVMembers").Map("user", "uid").Map("group", "{{ gid | checked }}").Map("role"))
            .DataType("Rooms", type => type.From("SRVRooms").Map("name", "{{ building ~ '-' ~ number }}").Map("use").Map(SecretWatch.Attribute))
            .Configure(options =>
            {
                options.Remediation = settings.Remediation;
                options.ForeignKeys = settings.ForeignKeys;
                options.RemovalGuard.Enabled = false;
                options.MayComeLater = true;
                options.TrashbinRetention = settings.Retention;
                options.MaxConcurrency = settings.MaxConcurrency;
                options.MaxEventsPerCommit = settings.MaxEventsPerCommit;
            });
        if (settings.Naming == Naming.FirstLast)
            client.DataType("Accounts", type => type.From("SRVUsers").Map("login", "{{ first | checked | lower }}"));
    }
}
