using System.Collections.Immutable;
using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.ActiveDirectory;

/// <summary>What a domain tells of its objects, beside what every target that can be read back does.</summary>
[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class ActiveDirectoryReadingTests(SharedServer<SambaServer> shared)
{
    private static readonly ImmutableDictionary<string, TargetForeignKey> NoParents = ImmutableDictionary<string, TargetForeignKey>.Empty;

    private static readonly TargetType[] Types =
    [
        new("Users", ["boss", "expires", "id", "jobs", "login", "name", "photo", "upn"], ["id"], [], NoParents),
        new("Groups", ["id", "login", "members"], ["id"], [], NoParents),
    ];

    [ServerFact]
    public async Task Values_are_compared_as_a_domain_compares_them()
    {
        var (tree, target, mark) = await MakeAsync();
        using var of = target;
        var boss = tree.Below($"cn=boss{mark},ou=people");
        tree.Add($"cn=boss{mark},ou=people", ("objectClass", "user"), ("sAMAccountName", "b" + mark));
        byte[] photo = [0xFF, 0xD8, 0, 1];
        var ann = Entry.Of(
            ("id", "ann" + mark), ("login", "Ann" + mark), ("name", "Ann Zoë"), ("boss", boss), ("expires", 133_590_816_000_000_000), ("photo", photo),
            ("jobs", ValueList.Create(["b", "a"])));
        await target.ApplyAsync(new EntryAdded("Users", EntryKey.Of(ann["id"]), ann), new Testing.Targets.TestTargetContext(), default);

        var held = (await AllAsync(target, "Users")).Single(one => one.Name.StartsWith("CN=ann", StringComparison.OrdinalIgnoreCase)).Content;

        foreach (var (attribute, value) in ann.With("upn", Value.Null))
            target.IsSame("Users", attribute, value, held[attribute]).Should().BeTrue($"'{attribute}' is {value}, held as {held[attribute]}");
        held["photo"].AsBytes().ToArray().Should().Equal(photo);
        (string Attribute, Value Value)[] same =
            [("login", ann["login"].AsString().ToUpperInvariant()), ("name", "ANN ZOË"), ("boss", boss.ToUpperInvariant()), ("jobs", ValueList.Create(["A", "b"]))];
        foreach (var (attribute, value) in same)
            target.IsSame("Users", attribute, value, held[attribute]).Should().BeTrue($"'{attribute}' is the same as {value}");
        (string Attribute, Value Value)[] others = [("login", "x"), ("boss", "cn=x"), ("expires", 0), ("photo", new byte[] { 1 }), ("jobs", "a"), ("jobs", Value.Null)];
        foreach (var (attribute, value) in others)
            target.IsSame("Users", attribute, value, held[attribute]).Should().BeFalse($"'{attribute}' is not {value}");

        // It has the name that follows from its login, and no other entry's.
        held["upn"].Should().Be((Value)$"Ann{mark}@hermes.test");
        target.IsSame("Users", "upn", Value.Null, held["upn"]).Should().BeTrue();
        target.IsSame("Users", "upn", "x@hermes.test", held["upn"]).Should().BeFalse();
    }

    [ServerFact]
    public async Task Members_of_groups_are_told_only_where_they_are_asked_for()
    {
        var (tree, target, mark) = await MakeAsync();
        using var of = target;
        tree.Add($"cn=g{mark},ou=groups", ("objectClass", "group"), ("sAMAccountName", "g" + mark));
        for (var i = 0; i < 3; i++)
        {
            tree.Add($"cn=m{i},ou=people", ("objectClass", "user"), ("sAMAccountName", $"m{i}x{mark}"));
            tree.Connection.SendRequest(new ModifyRequest(tree.Below($"cn=g{mark},ou=groups"), DirectoryAttributeOperation.Add, "member", tree.Below($"cn=m{i},ou=people")));
        }

        var told = (await AllAsync(target, "Groups", "member")).Single();

        told.Content.Keys.Should().Equal("id", "login");
        told.Others["member"].AsList().Should().HaveCount(3);
        target.IsSame("Groups", "login", Value.Null, told.Content["login"]).Should().BeTrue("a group without a login gets its name");
        (await target.FindAsync("Groups", told.Link, default))!.Name.Should().Be(told.Name);
    }

    [ServerFact]
    public async Task A_disabled_account_is_trashed_and_one_that_was_moved_away_is_found_by_its_link()
    {
        var (tree, target, mark) = await MakeAsync();
        using var of = target;
        var ann = Entry.Of(("id", "ann"), ("login", "ann" + mark));
        var context = new Testing.Targets.TestTargetContext();
        await target.ApplyAsync(new EntryAdded("Users", EntryKey.Of("ann"), ann), context, default);
        (await AllAsync(target, "Users")).Single().IsTrashed.Should().BeFalse();

        await target.ApplyAsync(new EntryTrashed("Users", EntryKey.Of("ann"), ann), new Testing.Targets.TestTargetContext().Linked(context.Link!), default);
        (await AllAsync(target, "Users")).Single().IsTrashed.Should().BeTrue();

        tree.Move("cn=ann,ou=people", "cn=anna,ou=groups");
        (await AllAsync(target, "Users")).Should().BeEmpty();
        var found = await target.FindAsync("Users", context.Link!, default);
        found!.Name.Should().BeEquivalentTo(tree.Below("cn=anna,ou=groups"));
        found.IsTrashed.Should().BeTrue();
    }

    private static async Task<List<TargetObject>> AllAsync(ActiveDirectoryTarget target, string type, params string[] also)
    {
        var all = new List<TargetObject>();
        await foreach (var one in target.ReadAsync(type, also, default))
            all.Add(one);
        return all;
    }

    private async Task<(Subtree Tree, ActiveDirectoryTarget Target, string Mark)> MakeAsync()
    {
        var server = await shared.GetAsync();
        var tree = Subtree.Of(server);
        foreach (var container in new[] { "people", "groups" })
            tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));
        var options = new ActiveDirectoryTargetOptions
        {
            Url = server.Url,
            BindDn = SambaServer.Admin,
            Password = SambaServer.AdminPassword,
            CaCertificateFile = server.CaFile,
        };
        options.Users["Users"] = new AccountOptions
        {
            Base = tree.Below("ou=people"),
            UpnSuffix = "hermes.test",
            Rename =
            {
                ["id"] = "cn", ["login"] = "sAMAccountName", ["name"] = "displayName", ["boss"] = "manager", ["expires"] = "accountExpires", ["photo"] = "thumbnailPhoto",
                ["jobs"] = "otherMailbox", ["upn"] = "userPrincipalName",
            },
        };
        options.Groups["Groups"] = new GroupOptions
        {
            Base = tree.Below("ou=groups"),
            MembersAttribute = "members",
            MembersType = "Users",
            Rename = { ["id"] = "cn", ["login"] = "sAMAccountName" },
        };
        var target = new ActiveDirectoryTarget(options);
        await target.StartAsync(Types, default);
        return (tree, target, Guid.NewGuid().ToString("N")[..8]);
    }
}
