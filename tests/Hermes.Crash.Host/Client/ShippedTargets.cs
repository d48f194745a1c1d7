using Hermes.Abstractions.Targets;
using Hermes.Files.Target;
using Hermes.Ldap.Directories;
using Hermes.Sql.Target;
using Microsoft.Data.Sqlite;

namespace Hermes.Crash.Host.Client;

/// <summary>Makes the target that a campus has in use.</summary>
internal static class ShippedTargets
{
    /// <summary>Tables that refuse a member whose group or account is not there, and the removal of a group or account that has members.</summary>
    private const string Tables =
        """
        pragma journal_mode=wal;
        begin immediate;
        create table if not exists "Group" (group_id integer primary key, name text not null, description text, stamp integer not null, trashed integer);
        create table if not exists Account (
            user_id integer primary key, login text not null, jobs text, middle_name text, display_name text not null, nickname text, password text, stamp integer not null,
            trashed integer);
        create table if not exists Member (
            group_id integer not null references "Group" (group_id), user_id integer not null references Account (user_id), stamp integer not null, trashed integer,
            primary key (group_id, user_id));
        commit;
        """;

    public static IClientTarget Create(RigFolder folder, RigSettings settings)
    {
        var journal = new JournalFile(folder.Journal);
        journal.WriteStart(settings.Model);
        var starts = new SessionStarts(journal, settings);
        var faults = new TargetFaults(new Random(settings.Seed), settings.FaultPercent);
        return settings.Options.Target switch
        {
            CampusTarget.Table => new ShippedTarget<TableTarget>(Table(folder, settings.Options), starts, journal, faults),
            CampusTarget.Directory => new ShippedTarget<DirectoryTarget>(DirectoryOf(folder, settings), starts, journal, faults),
            CampusTarget.Folder => new ShippedTarget<FolderTarget>(Folder(folder, settings.Options), starts, journal, faults),
            _ => new JournalTarget(starts, journal, faults, settings.Hang),
        };
    }

    private static TableTarget Table(RigFolder folder, CampusOptions options)
    {
        Directory.CreateDirectory(folder.Target);
        using (var connection = new SqliteConnection($"Data Source={folder.TargetTables};Pooling=False;Default Timeout=30"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Tables;
            command.ExecuteNonQuery();
        }

        var settings = new TableTargetOptions { Trashed = options.ShowsTrashed ? TrashedRows.Flag : TrashedRows.Keep };
        settings.Connect(SqliteFactory.Instance, $"Data Source={folder.TargetTables};Foreign Keys=True;Default Timeout=30");
        return new TableTarget("journal", settings);
    }

    // Keys name the objects, so that nothing is renamed and each text may come twice; a client whose state is lost takes over what has its key.
    private static DirectoryTarget DirectoryOf(RigFolder folder, RigSettings settings)
    {
        var place = settings.Options.Directory!;
        var options = new DirectoryTargetOptions { Url = place.Url, BindDn = place.Name, Password = place.Password };
        options.Entries["Group"] = Entries("cn", "groupOfNames", DirectoryPlace.Groups, new() { ["group_id"] = "cn", ["name"] = "label" });
        options.Entries["Group"].EmptyMember = "cn=nobody";
        options.Entries["Account"] = Entries("uid", "account", DirectoryPlace.People, new()
        {
            ["user_id"] = "uid",
            ["login"] = "label",
            ["jobs"] = "note",
            ["middle_name"] = "initials",
            ["display_name"] = "displayName",
            ["nickname"] = "givenName",
        });
        options.Entries["Account"].PasswordAttribute = settings.Options.HasSecret ? settings.Options.Secret : null;
        options.Memberships["Member"] = new DirectoryMembershipOptions { Group = "group_id", Member = "user_id" };
        return new DirectoryTarget(options);

        DirectoryEntryOptions Entries(string key, string structure, string container, Dictionary<string, string> names)
        {
            var entries = new DirectoryEntryOptions
            {
                Base = place.In(folder, container),
                DnAttribute = key,
                KeyAttribute = key,
                WhenExists = WhenExists.Adopt,
                ObjectClasses = { structure, "extensibleObject" },
                Rename = { ["stamp"] = "id" },
                WhenTrashed = settings.Options.ShowsTrashed ? WhenTrashed.Move : WhenTrashed.Delete,
                TrashBase = place.In(folder, DirectoryPlace.Trash),
            };
            foreach (var (local, ldap) in names)
                entries.Rename[local] = ldap;
            return entries;
        }
    }

    private static FolderTarget Folder(RigFolder folder, CampusOptions options) => new(new FolderTargetOptions
    {
        Folder = folder.Target,
        Trashed = options.ShowsTrashed ? TrashedFiles.Move : TrashedFiles.Keep,
        WriteSecrets = true,
    });
}
