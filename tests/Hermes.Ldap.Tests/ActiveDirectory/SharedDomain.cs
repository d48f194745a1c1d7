using System.DirectoryServices.Protocols;
using System.Globalization;
using Hermes.ClientRuntime.Configuration;
using Hermes.Events;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.ActiveDirectory;

/// <summary>A whole client on a domain that others change too, looked at with plain searches.</summary>
internal sealed class SharedDomain : IAsyncDisposable
{
    private readonly ActiveDirectoryTarget _target;

    private SharedDomain(Subtree tree, ActiveDirectoryTarget target) => (Tree, _target) = (tree, target);

    public PeopleClient Client { get; private init; } = new();

    public Subtree Tree { get; }

    /// <summary>Starts a client whose users are named by <c>cn</c>, their names in the source, and log in by <c>sAMAccountName</c>.</summary>
    public static async Task<SharedDomain> StartAsync(
        SambaServer server, Func<string, AddedEvent[]> entries, TimeSpan retention = default, Action<AccountOptions, Subtree>? configure = null,
        Action<ClientTypeBuilder>? type = null)
    {
        var tree = Subtree.Of(server);
        foreach (var container in new[] { "people", "other", "groups", "trash" })
            tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));
        var options = new ActiveDirectoryTargetOptions
        {
            Url = server.Url,
            BindDn = SambaServer.Admin,
            Password = SambaServer.AdminPassword,
            CaCertificateFile = server.CaFile,
        };
        var users = options.Users["Users"] = new AccountOptions
        {
            Base = tree.Below("ou=people"),
            Rename = { ["uid"] = "sAMAccountName" },
            UpnSuffix = "hermes.test",
        };
        configure?.Invoke(users, tree);
        options.Groups["Groups"] = new GroupOptions { Base = tree.Below("ou=groups") };
        options.Memberships["Memberships"] = new DirectoryMembershipOptions { Group = "group_id", Member = "user_id" };
        var domain = new SharedDomain(tree, new ActiveDirectoryTarget(options)) { Client = new PeopleClient { Users = type ?? (_ => { }) } };
        await domain.Client.StartAsync(domain._target, retention, entries(domain.Mark));
        await domain.Client.ShouldBeDoneAsync();
        return domain;
    }

    /// <summary>What logins of this test end with, since a domain has each of them once.</summary>
    public string Mark { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>The relative name of the only account with a login.</summary>
    public string Find(string login) => Tree.Names($"(sAMAccountName={login}{Mark})").Single();

    public string Value(string login, string attribute) => Tree.Values(Find(login), attribute).Single();

    public string Number(string login) => Value(login, "employeeNumber");

    public bool IsEnabled(string login) => (int.Parse(Value(login, "userAccountControl"), CultureInfo.InvariantCulture) & 2) == 0;

    public byte[] Sid(string login)
    {
        var search = new SearchRequest(Tree.Below(Find(login)), "(objectClass=*)", SearchScope.Base, "objectSid");
        return (byte[])((SearchResponse)Tree.Connection.SendRequest(search)).Entries[0].Attributes["objectSid"].GetValues(typeof(byte[]))[0];
    }

    public IEnumerable<string> Numbers() => Tree.All("", "(objectClass=user)", "employeeNumber").Values;

    public string[] Members(string group) => Tree.Values($"cn={group}{Mark},ou=groups", "member");

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _target.Dispose();
        Tree.Dispose();
    }
}
