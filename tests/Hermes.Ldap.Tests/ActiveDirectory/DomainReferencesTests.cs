using System.Collections.Immutable;
using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Comparison;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Tests.Servers;
using Hermes.Runtime.Registration;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Ldap.Tests.ActiveDirectory;

/// <summary>Managers and members in a real domain, which corrects names of what is renamed, moved and deleted itself.</summary>
[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class DomainReferencesTests(SharedServer<SambaServer> shared)
{
    private static readonly DataSchema Schema = new(Type("SRVUsers", "id", "login", "manager"), Type("SRVGroups", "groups", "id", "members", "name", "owner"));

    [ServerFact]
    public async Task References_are_written_in_any_order_followed_and_read_back_to_keys()
    {
        var server = await shared.GetAsync();
        using var tree = Subtree.Of(server);
        foreach (var container in new[] { "people", "groups" })
            tree.Add($"ou={container}", ("objectClass", "organizationalUnit"));
        var mark = Guid.NewGuid().ToString("N")[..8];
        await using var client = new ClientHarness();
        await client.SendInitSyncAsync(
            Schema,
            Group("g1", mark, [1, 2, 3], [], owner: 2),
            Group("g2", mark, [], ["g1"]),
            Group("g3", mark, [3], ["g2"]),
            Person(1, mark, manager: 2),
            Person(2, mark, manager: 1));
        await client.StartAsync(Target(server, tree), Types);
        await AppliedAsync(client);

        string User(int id) => tree.Below($"CN=p{id},OU=people").Replace("ou=", "OU=", StringComparison.Ordinal);
        Names(tree, "cn=g1,ou=groups", "member").Should().BeEquivalentTo("p1", "p2");
        Names(tree, "cn=g3,ou=groups", "member").Should().BeEquivalentTo("g2");
        Names(tree, "cn=p1,ou=people", "manager").Should().Equal("p2");
        Names(tree, "cn=p2,ou=people", "manager").Should().Equal("p1");
        Names(tree, "cn=g1,ou=groups", "managedBy").Should().Equal("p2");
        client.Control.Status.PendingReferences.Should().Be(2);

        await client.SendAsync(Person(3, mark, manager: 3));
        await AppliedAsync(client);
        Names(tree, "cn=g1,ou=groups", "member").Should().BeEquivalentTo("p1", "p2", "p3");
        Names(tree, "cn=p3,ou=people", "manager").Should().Equal("p3");
        (await CompareAsync(client)).Should().BeEmpty();

        // Moved by hand: the domain corrects what refers to it, and the entry is still the same.
        tree.Move("cn=p2,ou=people", "cn=p2,ou=groups");
        (await CompareAsync(client)).Should().BeEmpty();

        Modify(tree, "cn=g1,ou=groups", DirectoryAttributeOperation.Delete, "member", User(1));
        Modify(tree, "cn=p1,ou=people", DirectoryAttributeOperation.Replace, "manager", User(3));
        Modify(tree, "cn=g2,ou=groups", DirectoryAttributeOperation.Add, "member", User(3));
        (await CompareAsync(client)).Should().BeEquivalentTo("Users 1 manager", "Groups g1 members", "Groups g2 members");
        await RepairAsync(client);
        Names(tree, "cn=g1,ou=groups", "member").Should().BeEquivalentTo("p1", "p2", "p3");
        Names(tree, "cn=g2,ou=groups", "member").Should().BeEquivalentTo("g1");
        Names(tree, "cn=p1,ou=people", "manager").Should().Equal("p2");
        (await CompareAsync(client)).Should().BeEmpty();

        // Deleted by hand: the domain takes it out everywhere; it is made anew, and is referred to again.
        tree.Delete("cn=p3,ou=people");
        (await CompareAsync(client)).Should().BeEquivalentTo("Users 3", "Groups g1 members", "Groups g3 members");
        await RepairAsync(client);
        Names(tree, "cn=g1,ou=groups", "member").Should().BeEquivalentTo("p1", "p2", "p3");
        Names(tree, "cn=p3,ou=people", "manager").Should().Equal("p3");
        (await CompareAsync(client)).Should().BeEmpty();
    }

    private static ActiveDirectoryTarget Target(SambaServer server, Subtree tree)
    {
        var options = new ActiveDirectoryTargetOptions
        {
            Url = server.Url,
            BindDn = SambaServer.Admin,
            Password = SambaServer.AdminPassword,
            CaCertificateFile = server.CaFile,
        };
        options.Users["Users"] = new AccountOptions { Base = tree.Below("ou=people") };
        options.Groups["Groups"] = new GroupOptions
        {
            Base = tree.Below("ou=groups"),
            ReferenceAttributes = { ["members"] = "member", ["groups"] = "member", ["owner"] = "managedBy" },
        };
        return new ActiveDirectoryTarget(options);
    }

    private static void Types(IHermesClientBuilder client) => client
        .DataType("Users", type => type.From("SRVUsers").Map("cn", "{{ 'p' ~ id }}").Map("sAMAccountName", "login").Map("manager").Reference("manager", "Users"))
        .DataType("Groups", type => type
            .From("SRVGroups").Map("cn", "id").Map("sAMAccountName", "name").MapAll("members", "groups", "owner")
            .References("members", "Users").References("groups", "Groups").Reference("owner", "Users"))
        .Configure(options => options.RemovalGuard.Enabled = false);

    private static AddedEvent Person(int id, string mark, int manager) => new(
        "SRVUsers", EntryKey.Of(id), Entry.Of(("id", id), ("login", $"p{id}x{mark}"), ("manager", manager)), EventCategory.Base);

    private static AddedEvent Group(string id, string mark, int[] members, string[] groups, int? owner = null) => new(
        "SRVGroups",
        EntryKey.Of(id),
        Entry.Of(
            ("id", id), ("name", $"{id}x{mark}"), ("members", ValueList.Create(members.Select(key => Value.From(key)))),
            ("groups", ValueList.Create(groups.Select(Value.From))), ("owner", owner is { } key ? key : Value.Null)),
        EventCategory.Base);

    private static TypeSchema Type(string name, params string[] attributes) => new(
        name, [.. attributes], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty.WithComparers(StringComparer.Ordinal));

    private static IEnumerable<string> Names(Subtree tree, string relative, string attribute) =>
        tree.Values(relative, attribute).Select(dn => dn.Split(',')[0][3..]);

    private static void Modify(Subtree tree, string relative, DirectoryAttributeOperation operation, string attribute, string value) =>
        tree.Connection.SendRequest(new ModifyRequest(tree.Below(relative), operation, attribute, value));

    private static async Task AppliedAsync(ClientHarness client)
    {
        await client.AppliedAsync();
        (await client.Control.ListErrorQueueAsync()).Items.Select(queued => queued.Message).Should().BeEmpty();
    }

    private static async Task<string[]> CompareAsync(ClientHarness client)
    {
        var found = new List<string>();
        foreach (var type in new[] { "Users", "Groups" })
        {
            await client.Control.Comparisons.CompareAsync(type);
            found.AddRange((await client.Control.Comparisons.ListFindingsAsync(type)).Items
                .Select(finding => $"{type} {finding.Key} {string.Join(",", finding.Attributes.Select(one => one.Attribute))}".TrimEnd()));
        }

        return [.. found];
    }

    private static async Task RepairAsync(ClientHarness client)
    {
        foreach (var report in (await client.Control.Comparisons.ListReportsAsync()).Items)
        {
            await client.Control.Comparisons.RepairAsync(new RepairRequest(report.Type, report.Digest!, RepairKind.Write, "erika", "changed by mistake"));
            await AppliedAsync(client);
        }
    }
}
