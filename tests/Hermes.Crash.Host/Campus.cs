using Hermes.Crash.Host.Client;
using Hermes.Crash.Host.Server;
using Hermes.ServerRuntime.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Crash.Host;

/// <summary>The server and the client that are killed: the real ones, with failpoints around their parts.</summary>
internal static class Campus
{
    /// <summary>The name of the server.</summary>
    public const string Name = "campus";

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    public static void AddServer(IServiceCollection services, RigFolder folder, RigSettings settings) => services.AddHermesServer(NameOf(folder), server =>
    {
        var parts = new FailpointServerBuilder(server, settings.Hang);
        parts.AddSqlSource("registry", SqliteFactory.Instance, $"Data Source={folder.Source};Default Timeout=30");
        CampusParts.UseBus(parts, folder, settings.Options);
        server
            .UseState(_ => new FailpointServerStateStore(CampusParts.ServerState(folder, settings.Options)))
            .PollEvery(Often)
            .InitSyncAtFirstPoll()
            .GuardRemovals(guard => guard.Enabled = false)
            .Configure(options => options.Retry.FirstDelay = Often)
            .DataType("Groups", type => type
                .Key("group_id")
                .From("registry", source => source
                    .Fetch("select group_id, name, description, stamp from groups")
                    .MapAll("group_id", "name", "description", "stamp")))
            .DataType("Users", type => type.Key("user_id").From("registry", source => Users(source, settings)));
        if (settings.Model == CampusModel.WithoutMemberships)
            return;
        server.DataType("Memberships", type => type
            .Key("group_id", "user_id")
            .ForeignKey("group_id", "Groups", "group_id")
            .ForeignKey("user_id", "Users", "user_id")
            .IntegrityConstraint("{{ _SELF.group_id in Groups_pkeys and _SELF.user_id in Users_pkeys }}")
            .From("registry", source => source
                .Fetch("select group_id, user_id, stamp from memberships")
                .MapAll("group_id", "user_id", "stamp")));
    });

    public static void AddClient(IServiceCollection services, RigFolder folder, RigSettings settings) => services.AddHermesClient("journal", client =>
    {
        var parts = new FailpointClientBuilder(client, settings.Hang);
        CampusParts.UseBus(parts, folder, settings.Options);
        client
            .UseState(_ => new FailpointClientStateStore(CampusParts.ClientState(folder, settings.Options)))
            .UseTarget(_ => ShippedTargets.Create(folder, settings))
            .Configure(options =>
            {
                options.TrashbinRetention = settings.Options.Retention;
                options.MaxConcurrency = settings.Options.Concurrency;
                options.Remediation = settings.Options.Remediation;
                options.ForeignKeys = settings.Options.ForeignKeys;
                options.RemovalGuard.Enabled = false;
                options.MayComeLater = true;
                options.PurgeInterval = TimeSpan.FromMilliseconds(500);
                options.RetryInterval = TimeSpan.FromMilliseconds(300);
                options.WaitForMessages = Often;
                options.TargetRetryDelay = TimeSpan.FromMilliseconds(1);
                if (settings.Hang == Hang.TargetWithTimeLimit)
                    options.TargetTimeout = TimeSpan.FromMilliseconds(200);
            })
            .DataType("Group", type => type.From("Groups").MapAll("group_id", "name", "description", "stamp"))
            .DataType("Account", type =>
            {
                type.From("Users")
                    .MapAll("user_id", "login", "jobs", "stamp")
                    .Map("middle_name", "middle")
                    .Map("display_name", "{{ last ~ ', ' ~ first }}");
                if (settings.Options.HasSecret)
                    type.Map(settings.Options.Secret);
                if (settings.Model == CampusModel.WithNickname)
                    type.Map("nickname");
            });
        if (settings.Model != CampusModel.WithoutMemberships)
            client.DataType("Member", type => type.From("Memberships").MapAll("group_id", "user_id", "stamp"));
    });

    private static string NameOf(RigFolder folder) => folder.Server == RigFolder.Stranger ? folder.Server : Name;

    private static void Users(TypeSourceBuilder source, RigSettings settings)
    {
        source
            .Fetch("select user_id, login, first, middle, last, jobs, password, stamp from users")
            .MapAll("user_id", "login", "first", "middle", "last", "stamp")
            .Map("jobs", "{{ (jobs | default('')).split(';') | reject('==', '') | list }}");
        if (settings.Options.HasSecret)
            source.Map(settings.Options.Secret).Secret(settings.Options.Secret);
        if (settings.Model == CampusModel.WithNickname)
            source.Map("nickname", "first");
        if (settings.Options.WriteBack == WriteBack.All)
            source.CommitAll(operation => operation.Add("insert into receipts values (null, null)"));
        else
            source.CommitOne(operation => operation
                .Add("insert into receipts values (@user, @stamp)")
                .Bind("user", "{{ ITEM_FETCHED_VALUES.user_id | default(ITEM_CACHED_VALUES.user_id) }}")
                .Bind("stamp", "{{ ITEM_FETCHED_VALUES.stamp | default(ITEM_CACHED_VALUES.stamp) }}"));
    }
}
