using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace QuickStart;

/// <summary>The server that polls the university's database, and the client that keeps a folder of files in step with it. This is all that Hermes needs.</summary>
internal static class Campus
{
    public static IHost CreateHost(DataFolder folder, TimeSpan pollInterval)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        builder.Services.AddHermesServer("campus", server => server
            .AddSqlSource("registry", SqliteFactory.Instance, $"Data Source={folder.Database};Mode=ReadOnly")
            .UseSqliteBus(folder.Bus)
            .UseSqliteState(folder.ServerState)
            .PollEvery(pollInterval)
            .InitSyncAtFirstPoll()
            .DataType("Groups", type => type
                .Key("group_id")
                .From("registry", source => source
                    .Fetch("select group_id, name, description from groups")
                    .MapAll("group_id", "name", "description")))
            .DataType("Users", type => type
                .Key("user_id")
                .DisplayAs("{{ first_name }} {{ last_name }}")
                .From("registry", source => source
                    .Fetch("select person_id, login, first_name, last_name, birth_date, jobs, phone from people where left_on is null")
                    .Map("user_id", "person_id")
                    .MapAll("login", "first_name", "last_name", "birth_date", "phone")
                    .Map("jobs", "{{ (jobs | default('')).split(';') | reject('==', '') | list }}")))
            .DataType("Memberships", type => type
                .Key("group_id", "user_id")
                .ForeignKey("group_id", "Groups", "group_id")
                .ForeignKey("user_id", "Users", "user_id")
                .IntegrityConstraint("{{ _SELF.group_id in Groups_pkeys and _SELF.user_id in Users_pkeys }}")
                .From("registry", source => source
                    .Fetch("select group_id, person_id from memberships")
                    .Map("group_id")
                    .Map("user_id", "person_id"))));

        builder.Services.AddHermesClient("files", client => client
            .UseSqliteBus(folder.Bus)
            .UseSqliteState(folder.ClientState)
            .ToFolder(folder.Target)
            .DataType("Group", type => type.From("Groups").MapAll("group_id", "name", "description"))
            .DataType("Account", type => type
                .From("Users")
                .MapAll("user_id", "login", "jobs", "phone")
                .Map("display_name", "{{ last_name ~ ', ' ~ first_name }}")
                .Map("mail", "{{ login }}@campus.example"))
            .DataType("Member", type => type.From("Memberships").MapAll("group_id", "user_id")));

        return builder.Build();
    }
}
