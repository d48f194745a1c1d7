using Hermes.Abstractions.Data;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A directory target over a container of its own, with people, groups and a place for the trashed.</summary>
internal sealed class DirectoryFixture : IDisposable
{
    public static readonly Entry Ann = Entry.Of(("id", 1), ("uid", "ann"), ("cn", "Ann"), ("sn", "A"), ("mail", ValueList.Create(["ann@x", "a@x"])));
    public static readonly Entry Bob = Entry.Of(("id", 2), ("uid", "bob"), ("cn", "Bob"), ("sn", "B"));
    public static readonly Entry Staff = Entry.Of(("id", 10), ("cn", "staff"));

    private DirectoryFixture(Subtree tree, DirectoryTarget target) => (Tree, Target, Driver) = (tree, target, new TargetDriver(target));

    public DirectoryTarget Target { get; }

    public Subtree Tree { get; }

    public TargetDriver Driver { get; }

    public static async Task<DirectoryFixture> MakeAsync(
        SlapdServer server, Subtree tree, Action<DirectoryTargetOptions>? configure = null, ILogger<DirectoryTarget>? logger = null, bool isStarted = true)
    {
        foreach (var container in new[] { "people", "other", "groups", "trash" }.Where(name => !tree.Exists($"ou={name}")))
            tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));

        var options = Options(server);
        options.Entries["Users"] = new DirectoryEntryOptions
        {
            Base = $"ou=people,{tree.Dn}",
            DnAttribute = "uid",
            ObjectClasses = { "inetOrgPerson" },
            Ignore = { "id", "flags", "login" },
            BaseAttribute = "container",
            PasswordAttribute = "password",
        };
        options.Entries["Groups"] = new DirectoryEntryOptions
        {
            Base = $"ou=groups,{tree.Dn}",
            DnAttribute = "cn",
            ObjectClasses = { "groupOfNames" },
            Ignore = { "id", "members" },
            Defaults = { ["member"] = ["cn=nobody"] },
        };
        options.Memberships["Memberships"] = new DirectoryMembershipOptions { Group = "group_id", Member = "user_id" };
        configure?.Invoke(options);

        var fixture = new DirectoryFixture(tree, new DirectoryTarget(options, logger: logger));
        if (isStarted)
            await fixture.Driver.StartAsync();
        return fixture;
    }

    /// <summary>The way to a server, over TLS.</summary>
    public static DirectoryTargetOptions Options(SlapdServer server) => new()
    {
        Url = server.TlsUrl,
        CaCertificateFile = server.CaFile,
        BindDn = SlapdServer.AdminDn,
        Password = SlapdServer.AdminPassword,
    };

    public static Entry Membership(Entry group, Entry user) => Entry.Of(("group_id", group["id"]), ("user_id", user["id"]));

    public string User(string login) => Tree.Below($"uid={login},ou=people");

    public void Dispose()
    {
        Target.Dispose();
        Tree.Dispose();
    }
}
