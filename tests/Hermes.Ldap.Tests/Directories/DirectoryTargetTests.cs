using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Directories.DirectoryFixture;

namespace Hermes.Ldap.Tests.Directories;

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class DirectoryTargetTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task An_added_entry_is_made_with_its_attributes_defaults_and_object_classes()
    {
        using var fixture = await MakeAsync(options =>
        {
            options.Entries["Users"].Rename["title"] = "employeeType";
            options.Entries["Users"].Defaults["preferredLanguage"] = ["en"];
            options.Entries["Users"].Defaults["sn"] = ["unknown"];
        });

        await fixture.Driver.AddAsync("Users", Ann.With("title", "clerk").With("flags", "x"));

        fixture.Tree.Values("uid=ann,ou=people", "mail").Should().Equal("a@x", "ann@x");
        fixture.Tree.Values("uid=ann,ou=people", "employeeType").Should().Equal("clerk");
        fixture.Tree.Values("uid=ann,ou=people", "preferredLanguage").Should().Equal("en");
        fixture.Tree.Values("uid=ann,ou=people", "sn").Should().Equal("A");
        fixture.Tree.Values("uid=ann,ou=people", "objectClass").Should().Equal("inetOrgPerson");
    }

    [ServerFact]
    public async Task A_name_with_signs_of_its_own_meaning_stands_for_itself()
    {
        using var fixture = await MakeAsync();
        var odd = Ann.With("uid", " a,b+\"c\"#\\;<d>= ");

        await fixture.Driver.AddAsync("Users", odd);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, odd));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().HaveCount(2);

        await fixture.Driver.ModifyAsync("Users", odd, odd.With("uid", "(plain*)"));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Contain(fixture.User("(plain*)"));

        await fixture.Driver.RemoveAsync("Users", odd.With("uid", "(plain*)"));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody");
    }

    [ServerFact]
    public async Task Every_change_may_be_applied_again()
    {
        using var fixture = await MakeAsync();
        var renamed = Ann.With("uid", "anna").With("title", "boss").With("mail", Value.Null);
        TargetChange[] changes =
        [
            new EntryAdded("Users", EntryKey.Of(1), Ann),
            TargetDriver.Modified("Users", Ann, renamed),
            new EntryTrashed("Users", EntryKey.Of(1), renamed),
            new EntryRecycled("Users", EntryKey.Of(1), renamed),
            new EntryRemoved("Users", EntryKey.Of(1), renamed),
        ];

        foreach (var change in changes)
        {
            await fixture.Driver.ApplyAsync(change);
            var before = fixture.Tree.Values("uid=anna,ou=people", "title");
            await fixture.Driver.RedeliverAsync(change);
            fixture.Tree.Values("uid=anna,ou=people", "title").Should().Equal(before);
        }

        fixture.Tree.Exists("uid=anna,ou=people").Should().BeFalse();
    }

    [ServerFact]
    public async Task Attributes_are_added_replaced_and_removed()
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].Defaults["title"] = ["none"]);
        await fixture.Driver.AddAsync("Users", Ann.With("title", "clerk"));

        await fixture.Driver.ModifyAsync("Users", Ann.With("title", "clerk"), Ann.With("mail", "new@x").With("cn", "Anna"));

        fixture.Tree.Values("uid=ann,ou=people", "mail").Should().Equal("new@x");
        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Anna");
        fixture.Tree.Values("uid=ann,ou=people", "title").Should().Equal(["none"], "the default takes the place of what is not set any more");
    }

    [ServerFact]
    public async Task A_new_name_renames_the_entry_and_its_groups_follow()
    {
        using var fixture = await MakeAsync();
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, Ann));

        await fixture.Driver.ModifyAsync("Users", Ann, Ann.With("uid", "anna").With("title", "boss"));

        fixture.Driver.Context.Steps.Should().Equal("rename-entry", "correct-references", "modify-entry");
        fixture.Tree.Exists("uid=ann,ou=people").Should().BeFalse();
        fixture.Tree.Values("uid=anna,ou=people", "uid").Should().Equal("anna");
        fixture.Tree.Values("uid=anna,ou=people", "title").Should().Equal("boss");
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("anna"));
    }

    [ServerFact]
    public async Task A_name_that_changes_only_in_case_renames_the_entry()
    {
        using var fixture = await MakeAsync();
        await fixture.Driver.AddAsync("Users", Ann);

        await fixture.Driver.ModifyAsync("Users", Ann, Ann.With("uid", "ANN"));

        fixture.Tree.Values("uid=ann,ou=people", "uid").Should().Equal("ANN");
    }

    [ServerFact]
    public async Task A_rename_that_broke_off_goes_on_where_it_was()
    {
        using var fixture = await MakeAsync();
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, Ann));
        var change = TargetDriver.Modified("Users", Ann, Ann.With("uid", "anna"));

        fixture.Driver.Context.InterruptBefore = "correct-references";
        await fixture.Driver.Invoking(driver => driver.ApplyAsync(change)).Should().ThrowAsync<TestTargetContext.InterruptedException>();
        await fixture.Driver.RetryAsync(change);
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("anna"));

        // The same after a kill: no step is remembered, the entry has its new name already.
        await fixture.Driver.RedeliverAsync(change);
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("anna"));
    }

    [ServerFact]
    public async Task A_new_container_moves_the_entry()
    {
        using var fixture = await MakeAsync();
        await fixture.Driver.AddAsync("Users", Ann);

        await fixture.Driver.ModifyAsync("Users", Ann, Ann.With("container", $"ou=other,{fixture.Tree.Dn}"));

        fixture.Tree.Exists("uid=ann,ou=people").Should().BeFalse();
        fixture.Tree.Exists("uid=ann,ou=other").Should().BeTrue();
    }

    [ServerFact]
    public async Task A_container_that_is_only_written_otherwise_changes_nothing_and_the_member_stays()
    {
        using var fixture = await MakeAsync();
        var before = Ann.With("container", $"ou=other,{fixture.Tree.Dn}");
        await fixture.Driver.AddAsync("Users", before);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, before));

        await fixture.Driver.ModifyAsync("Users", before, Ann.With("container", $"OU=Other, {fixture.Tree.Dn.Replace(",", " ,  ", StringComparison.Ordinal)}"));

        fixture.Driver.Context.Steps.Should().BeEmpty();
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.Tree.Below("uid=ann,ou=other"));
    }

    [ServerFact]
    public async Task A_member_whose_name_changes_in_a_way_that_the_server_does_not_tell_apart_stays_a_member()
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].DnAttribute = "cn");
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, Ann));

        await fixture.Driver.ModifyAsync("Users", Ann, Ann.With("cn", "ANN"));

        fixture.Tree.Values("cn=ANN,ou=people", "cn").Should().Equal("ANN");
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().HaveCount(2);
    }

    [ServerFact]
    public async Task A_server_that_corrects_members_itself_is_not_disturbed()
    {
        using var fixture = await MakeWithIntegrityAsync();
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, Ann));

        await fixture.Driver.ModifyAsync("Users", Ann, Ann.With("uid", "anna"));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("anna"));

        await fixture.Driver.RemoveAsync("Users", Ann.With("uid", "anna"));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody");
    }

    [ServerFact]
    public async Task Memberships_come_and_go_and_may_be_applied_again()
    {
        using var fixture = await MakeAsync();
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.AddAsync("Users", Bob);
        await fixture.Driver.AddAsync("Groups", Staff);

        for (var i = 0; i < 2; i++)
        {
            await fixture.Driver.AddAsync("Memberships", Membership(Staff, Ann));
            await fixture.Driver.AddAsync("Memberships", Membership(Staff, Bob));
        }

        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("ann"), fixture.User("bob"));

        for (var i = 0; i < 2; i++)
            await fixture.Driver.RemoveAsync("Memberships", Membership(Staff, Ann));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("bob"));

        await fixture.Driver.TrashAsync("Memberships", Membership(Staff, Bob));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody");
        await fixture.Driver.RecycleAsync("Memberships", Membership(Staff, Bob));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("bob"));
    }

    [ServerFact]
    public async Task A_membership_of_somebody_unknown_says_who_and_is_permanent()
    {
        using var fixture = await MakeAsync();
        await fixture.Driver.AddAsync("Groups", Staff);

        var join = () => fixture.Driver.AddAsync("Memberships", Membership(Staff, Bob));

        (await join.Should().ThrowAsync<TargetException>()).WithMessage("Memberships (10, 2): The entry 2 of Users*'user_id'*not on the target*")
            .Which.Fault.Should().Be(FaultKind.Permanent);
    }

    [ServerFact]
    public async Task The_last_member_of_a_group_that_must_have_one_tells_how_to_let_it_go()
    {
        using var fixture = await MakeAsync(options => options.Entries["Groups"].Defaults.Clear());
        fixture.Tree.Add("cn=staff,ou=groups", ("objectClass", "groupOfNames"), ("member", fixture.User("ann")));
        await fixture.Driver.AddAsync("Users", Ann);
        fixture.Driver.Context.Set("Groups", EntryKey.Of(10), Staff);

        var leave = () => fixture.Driver.RemoveAsync("Memberships", Membership(Staff, Ann));

        await leave.Should().ThrowAsync<TargetException>().WithMessage("*objectClassViolation*at least one 'member'*EmptyMember*default*");
    }

    [ServerFact]
    public async Task Members_may_be_values_of_an_attribute_instead_of_names()
    {
        using var fixture = await MakeAsync(options =>
        {
            var groups = options.Entries["Groups"];
            groups.ObjectClasses.Clear();
            groups.ObjectClasses.Add("posixGroup");
            groups.Defaults.Clear();
            groups.Defaults["gidNumber"] = ["100"];
            (options.Memberships["Memberships"].LdapAttribute, options.Memberships["Memberships"].Value) = ("memberUid", "uid");
        });
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, Ann));
        fixture.Tree.Values("cn=staff,ou=groups", "memberUid").Should().Equal("ann");

        await fixture.Driver.ModifyAsync("Users", Ann, Ann.With("uid", "anna"));
        fixture.Tree.Values("cn=staff,ou=groups", "memberUid").Should().Equal("anna");
    }

    [ServerFact]
    public async Task A_group_may_list_its_members()
    {
        using var fixture = await MakeAsync(options =>
        {
            options.Memberships.Clear();
            options.Entries["Groups"].Ignore.Remove("members");
            (options.Entries["Groups"].MembersAttribute, options.Entries["Groups"].MembersType) = ("members", "Users");
        });
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.AddAsync("Users", Bob);
        var both = Staff.With("members", ValueList.Create([1, 2]));

        await fixture.Driver.AddAsync("Groups", both);
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("ann"), fixture.User("bob"));

        await fixture.Driver.ModifyAsync("Groups", both, Staff.With("members", ValueList.Create([2])));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("bob"));

        await fixture.Driver.ApplyAsync(TargetDriver.Modified("Groups", Staff, both));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("ann"), fixture.User("bob"));

        await fixture.Driver.ModifyAsync("Users", Bob, Bob.With("uid", "robert"));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("ann"), fixture.User("robert"));

        await fixture.Driver.RemoveAsync("Users", Ann);
        await fixture.Driver.ModifyAsync("Groups", both, Staff.With("members", 2));
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("robert"));
    }

    [ServerFact]
    public async Task A_password_is_set_in_a_step_of_its_own_and_can_be_used()
    {
        using var fixture = await MakeAsync();

        await fixture.Driver.AddAsync("Users", Ann.With("password", "first-Passw0rd"));
        fixture.Driver.Context.Steps.Should().Equal("look-for-entry", "put-entry", "set-password");
        (await CanBindAsync(fixture.User("ann"), "first-Passw0rd")).Should().BeTrue();

        await fixture.Driver.ModifyAsync("Users", Ann.With("password", "first-Passw0rd"), Ann.With("password", "second-Passw0rd"));
        fixture.Driver.Context.Steps.Should().Equal("set-password");
        (await CanBindAsync(fixture.User("ann"), "second-Passw0rd")).Should().BeTrue();
        (await CanBindAsync(fixture.User("ann"), "first-Passw0rd")).Should().BeFalse();
    }

    [ServerFact]
    public async Task Trashed_entries_are_deleted_and_made_anew_by_default()
    {
        using var fixture = await MakeAsync();
        await fixture.Driver.AddAsync("Users", Ann);

        await fixture.Driver.TrashAsync("Users", Ann);
        fixture.Tree.Exists("uid=ann,ou=people").Should().BeFalse();

        await fixture.Driver.RecycleAsync("Users", Ann);
        fixture.Tree.Values("uid=ann,ou=people", "cn").Should().Equal("Ann");
    }

    [ServerFact]
    public async Task Trashed_entries_may_be_locked_and_unlocked()
    {
        using var fixture = await MakeAsync(options =>
        {
            options.Entries["Users"].WhenTrashed = WhenTrashed.Lock;
            options.Entries["Users"].LockAttributes["employeeType"] = ["locked"];
            options.Entries["Users"].LockAttributes["title"] = ["locked"];
        });
        var clerk = Ann.With("title", "clerk");
        await fixture.Driver.AddAsync("Users", clerk);

        await fixture.Driver.TrashAsync("Users", clerk);
        fixture.Tree.Values("uid=ann,ou=people", "employeeType").Should().Equal("locked");
        fixture.Tree.Values("uid=ann,ou=people", "title").Should().Equal("locked");

        await fixture.Driver.RecycleAsync("Users", clerk);
        fixture.Tree.Values("uid=ann,ou=people", "employeeType").Should().BeEmpty();
        fixture.Tree.Values("uid=ann,ou=people", "title").Should().Equal("clerk");
    }

    [ServerFact]
    public async Task Trashed_entries_may_be_moved_and_moved_back_and_are_removed_from_there()
    {
        using var fixture = await MakeAsync();
        using var moving = await MakeAsync(options => (options.Entries["Users"].WhenTrashed, options.Entries["Users"].TrashBase) =
            (WhenTrashed.Move, $"ou=trash,{fixture.Tree.Dn}"));
        await moving.Driver.AddAsync("Users", Ann);

        await moving.Driver.TrashAsync("Users", Ann);
        moving.Tree.Exists("uid=ann,ou=people").Should().BeFalse();
        fixture.Tree.Exists("uid=ann,ou=trash").Should().BeTrue();

        await moving.Driver.RecycleAsync("Users", Ann);
        moving.Tree.Exists("uid=ann,ou=people").Should().BeTrue();

        await moving.Driver.TrashAsync("Users", Ann);
        await moving.Driver.AddAsync("Users", Ann.With("id", 3));
        await moving.Driver.AddAsync("Groups", Staff);
        await moving.Driver.AddAsync("Memberships", Membership(Staff, Ann.With("id", 3)));
        await moving.Driver.RemoveAsync("Users", Ann);
        moving.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", moving.User("ann"));
        fixture.Tree.Exists("uid=ann,ou=trash").Should().BeFalse();
        moving.Tree.Exists("uid=ann,ou=people").Should().BeTrue("it belongs to somebody else by now");
    }

    [ServerFact]
    public async Task With_a_key_attribute_an_entry_that_belongs_to_somebody_else_is_not_deleted()
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].KeyAttribute = "employeeNumber");
        var old = Ann.With("employeeNumber", 1);
        await fixture.Driver.AddAsync("Users", old);
        await fixture.Driver.TrashAsync("Users", old);
        var other = Ann.With("id", 2).With("employeeNumber", 2);
        await fixture.Driver.AddAsync("Users", other);
        await fixture.Driver.AddAsync("Groups", Staff);
        await fixture.Driver.AddAsync("Memberships", Membership(Staff, other));

        await fixture.Driver.RemoveAsync("Users", old);

        fixture.Tree.Values("uid=ann,ou=people", "employeeNumber").Should().Equal("2");
        fixture.Tree.Values("cn=staff,ou=groups", "member").Should().Equal("cn=nobody", fixture.User("ann"));
    }

    [ServerFact]
    public async Task A_schema_violation_names_the_entry_and_the_rule_and_shows_no_value()
    {
        using var fixture = await MakeAsync();

        var add = () => fixture.Driver.AddAsync("Users", Ann.With("sn", Value.Null).With("title", "Tr0ub4dor&3"));

        var failure = (await add.Should().ThrowAsync<TargetException>()).WithMessage("Users 1: Adding uid=ann,*objectClassViolation*requires attribute 'sn'*").Which;
        failure.Fault.Should().Be(FaultKind.Permanent);
        failure.ToString().Should().NotContain("Tr0ub4dor").And.NotContain(SlapdServer.AdminPassword);
    }

    [ServerFact]
    public async Task A_missing_container_says_so()
    {
        using var fixture = await MakeAsync(options => options.Entries["Users"].Base = "ou=none,dc=hermes,dc=test");

        await fixture.Driver.Invoking(driver => driver.AddAsync("Users", Ann)).Should().ThrowAsync<TargetException>().WithMessage("*noSuchObject*container*");
    }

    [ServerFact]
    public async Task An_entry_without_a_name_says_which_attribute_is_missing()
    {
        using var fixture = await MakeAsync();

        await fixture.Driver.Invoking(driver => driver.AddAsync("Users", Ann.With("uid", Value.Null)))
            .Should().ThrowAsync<TargetException>().WithMessage("Users 1: *exactly one text as 'uid'*");
    }

    [ServerFact]
    public async Task Many_changes_at_once_are_applied_on_connections_of_their_own()
    {
        using var fixture = await MakeAsync();

        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, _) =>
        {
            var driver = fixture.Driver;
            await driver.AddWithOwnContextAsync("Users", Ann.With("id", i).With("uid", $"u{i}"));
        });

        Enumerable.Range(0, 60).Should().OnlyContain(i => fixture.Tree.Exists($"uid=u{i},ou=people"));
    }

    private async Task<DirectoryFixture> MakeAsync(Action<DirectoryTargetOptions>? configure = null)
    {
        var server = await shared.GetAsync();
        return await DirectoryFixture.MakeAsync(server, Subtree.Of(server), configure);
    }

    private async Task<DirectoryFixture> MakeWithIntegrityAsync()
    {
        var server = await shared.GetAsync();
        return await DirectoryFixture.MakeAsync(server, Subtree.WithIntegrity(server));
    }

    private async Task<bool> CanBindAsync(string dn, string password) =>
        BareConnection.CanOpen((await shared.GetAsync()).Administrator with { Name = dn, Password = password });
}
