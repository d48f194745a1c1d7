using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Configuration;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.ActiveDirectory;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Servers.PeopleClient;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>What becomes of objects of a directory that are no entry's, looked at with plain searches.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class UnmanagedTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task Guests_are_locked_or_moved_away_or_removed_as_was_decided_and_nobody_else()
    {
        foreach (var mode in new[] { WhenTrashed.Lock, WhenTrashed.Move })
            await TrashAsync(mode);
        await RemoveAsync();
    }

    [ServerFact]
    public async Task A_directory_that_deletes_what_is_trashed_trashes_nothing_that_is_nobodys()
    {
        await using var directory = await StartAsync(WhenTrashed.Delete, UnmanagedPolicy.Trash);
        await directory.Client.Invoking(client => RepairAsync(client.Harness, RepairKind.Trash)).Should().ThrowAsync<ArgumentException>()
            .WithMessage("*no place or mark for trashed objects of Users*");
        directory.Tree.Exists("uid=guest,ou=people").Should().BeTrue();
    }

    [ServerFact]
    public async Task What_lies_below_an_object_goes_with_it_only_if_the_settings_say_so()
    {
        foreach (var goes in new[] { false, true })
        {
            await using var directory = await SharedDirectory.StartAsync(
                await shared.GetAsync(), [User("1", "ann"), User("2", "bob")], options => options.Entries["Users"].DeleteSubtree = goes);
            directory.Tree.Add("ou=devices,uid=ann,ou=people", ("objectClass", "organizationalUnit"));
            directory.Tree.Add("cn=phone,ou=devices,uid=ann,ou=people", ("objectClass", "device"));

            await directory.Client.SendAsync(Gone("1"));

            directory.Tree.Exists("cn=phone,ou=devices,uid=ann,ou=people").Should().Be(!goes);
            directory.Tree.Exists("uid=bob,ou=people").Should().BeTrue();
            (await directory.Client.QueueAsync()).Should().HaveCount(goes ? 0 : 1);
        }
    }

    private async Task TrashAsync(WhenTrashed mode)
    {
        await using var directory = await StartAsync(mode, UnmanagedPolicy.Trash);
        var link = directory.Link("uid=guest,ou=people");

        (await RepairAsync(directory.Client.Harness, RepairKind.Trash)).Should().Be(new RepairOutcome(1, 0));

        if (mode == WhenTrashed.Lock)
            directory.Tree.Values("uid=guest,ou=people", "employeeType").Should().Equal("locked");
        else
            directory.Link("uid=guest,ou=trash").Should().Be(link);
        directory.Tree.Values("uid=ann,ou=people", "employeeType").Should().BeEmpty();
        directory.Members("staff").Should().Equal(directory.User("ann"));
    }

    private async Task RemoveAsync()
    {
        await using var directory = await StartAsync(WhenTrashed.Delete, UnmanagedPolicy.Remove);
        directory.Tree.Connection.SendRequest(new System.DirectoryServices.Protocols.ModifyRequest(
            directory.Tree.Below("cn=staff,ou=groups"), System.DirectoryServices.Protocols.DirectoryAttributeOperation.Add, "member", directory.User("guest")));

        (await RepairAsync(directory.Client.Harness, RepairKind.Remove)).Should().Be(new RepairOutcome(1, 0));

        directory.Tree.Exists("uid=guest,ou=people").Should().BeFalse();
        directory.Tree.Exists("uid=ann,ou=people").Should().BeTrue();
        directory.Members("staff").Should().Equal([directory.User("ann")], "what was removed is a member of nothing");
    }

    private async Task<SharedDirectory> StartAsync(WhenTrashed mode, UnmanagedPolicy policy)
    {
        var directory = await SharedDirectory.StartAsync(
            await shared.GetAsync(),
            [User("1", "ann"), Group("g", "staff"), Member("g", "1")],
            options => SharedDirectory.Trash(options, mode),
            users: type => type.Unmanaged(policy));
        directory.AddByHand("uid=guest,ou=people");
        return directory;
    }

    internal static async Task<RepairOutcome> RepairAsync(ClientHarness harness, RepairKind repair)
    {
        var report = await harness.Control.Comparisons.CompareAsync("Users");
        return await harness.Control.Comparisons.RepairAsync(new RepairRequest("Users", report.Digest!, repair, "erika", "guests of last year"));
    }
}

/// <summary>The same in a domain.</summary>
[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class UnmanagedAccountsTests(SharedServer<SambaServer> shared)
{
    [ServerFact]
    public async Task An_account_that_is_nobodys_is_disabled_and_what_the_domain_needs_is_not()
    {
        await using var domain = await SharedDomain.StartAsync(
            await shared.GetAsync(), mark => [User("1", "ann" + mark)], type: type => type.Unmanaged(UnmanagedPolicy.Trash));
        domain.Tree.Add("cn=guest,ou=people", ("objectClass", "user"), ("sAMAccountName", "guest" + domain.Mark), ("userAccountControl", "544"));
        domain.IsEnabled("guest").Should().BeTrue();

        (await UnmanagedTests.RepairAsync(domain.Client.Harness, RepairKind.Trash)).Should().Be(new RepairOutcome(1, 0));

        domain.IsEnabled("guest").Should().BeFalse();
        domain.IsEnabled("ann").Should().BeTrue();
    }
}
