using System.Collections.Immutable;
using System.DirectoryServices.Protocols;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Comparison;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Directories;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Servers.PeopleClient;

namespace Hermes.Ldap.Tests.ActiveDirectory;

/// <summary>What an administrator decided by hand in a domain, and a client leaves as it is.</summary>
[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class HandsTests(SharedServer<SambaServer> shared)
{
    [ServerFact]
    public async Task An_account_that_somebody_disabled_stays_disabled_whatever_changes_of_its_entry_until_somebody_decides_otherwise()
    {
        await using var domain = await SharedDomain.StartAsync(await shared.GetAsync(), mark => [User("1", "ann" + mark), User("2", "bob" + mark)]);
        Replace(domain, "ann", "userAccountControl", "514");

        await domain.Client.SendAsync(Changed("1", ("title", "boss")));
        await domain.Client.SendAsync(Renamed("1", "anna" + domain.Mark));

        domain.IsEnabled("anna").Should().BeFalse();
        domain.Value("anna", "title").Should().Be("boss");
        (await UnmanagedTests.RepairAsync(domain.Client.Harness, RepairKind.Write)).Should().Be(new RepairOutcome(1, 0), "a comparison tells it");
        await domain.Client.AppliedAsync();
        domain.IsEnabled("anna").Should().BeTrue();
    }

    [ServerFact]
    public async Task An_account_that_is_adopted_stays_disabled_if_it_was()
    {
        await using var domain = await SharedDomain.StartAsync(
            await shared.GetAsync(), mark => [User("1", "ann" + mark)], configure: (users, _) => (users.WhenExists, users.KeyAttribute) = (WhenExists.Adopt, "employeeNumber"));
        foreach (var (login, flags) in new[] { ("off", "514"), ("on", "512") })
        {
            domain.Tree.Add($"cn=Person {login},ou=people", ("objectClass", "user"), ("sAMAccountName", login + domain.Mark), ("employeeNumber", login));
            byte[] password = Encoding.Unicode.GetBytes("\"Secret-4711-of-a-test\"");
            domain.Tree.Connection.SendRequest(
                new ModifyRequest(domain.Tree.Below($"cn=Person {login},ou=people"), DirectoryAttributeOperation.Replace, "unicodePwd", password));
            Replace(domain, login, "userAccountControl", flags);
        }

        await domain.Client.SendAsync(User("off", "off" + domain.Mark), User("on", "on" + domain.Mark));

        await domain.Client.ShouldBeDoneAsync();
        domain.Value("off", "title").Should().Be("none", "it was taken over");
        domain.IsEnabled("off").Should().BeFalse();
        domain.IsEnabled("on").Should().BeTrue();
    }

    [ServerFact]
    public async Task A_group_keeps_its_kind_when_it_is_adopted()
    {
        var server = await shared.GetAsync();
        await using var domain = await SharedDomain.StartAsync(server, mark => [User("1", "ann" + mark)]);
        var options = new ActiveDirectoryTargetOptions
        {
            Url = server.Url,
            BindDn = SambaServer.Admin,
            Password = SambaServer.AdminPassword,
            CaCertificateFile = server.CaFile,
        };
        options.Groups["Groups"] = new GroupOptions { Base = domain.Tree.Below("ou=groups"), WhenExists = WhenExists.Adopt, KeyAttribute = "info" };
        using var target = new ActiveDirectoryTarget(options);
        await target.StartAsync([new("Groups", ["cn", "info"], ["cn"], [], ImmutableDictionary<string, TargetForeignKey>.Empty)], default);
        var name = "univ" + domain.Mark;
        domain.Tree.Add($"cn={name},ou=groups", ("objectClass", "group"), ("sAMAccountName", name), ("groupType", "-2147483640"), ("info", "7"));

        var entry = Entry.Of(("cn", name), ("info", "7"));
        await target.ApplyAsync(new EntryAdded("Groups", EntryKey.Of(name), entry), new Testing.Targets.TestTargetContext(), default);

        domain.Tree.Values($"cn={name},ou=groups", "groupType").Should().Equal("-2147483640");
    }

    private static void Replace(SharedDomain domain, string login, string attribute, string value) =>
        domain.Tree.Connection.SendRequest(new ModifyRequest(domain.Tree.Below(domain.Find(login)), DirectoryAttributeOperation.Replace, attribute, value));
}
