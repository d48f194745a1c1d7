using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Directories.DirectoryFixture;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>Members of groups that must have one, and of groups that have many.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class MembersTests(SharedServer<SlapdServer> shared)
{
    private const string Group = "cn=staff,ou=groups";

    // About 60 bytes each: some 180 kB, where the server takes 100 kB a request.
    private const int Many = 3000;

    [ServerFact]
    public async Task A_group_has_a_placeholder_only_while_it_has_no_member()
    {
        using var fixture = await MakeAsync();
        await fixture.Driver.AddAsync("Users", Ann);
        await fixture.Driver.AddAsync("Users", Bob);
        await fixture.Driver.AddAsync("Groups", Staff);
        fixture.Tree.Values(Group, "member").Should().Equal("cn=nobody");

        for (var i = 0; i < 2; i++)
        {
            await fixture.Driver.AddAsync("Memberships", Membership(Staff, Ann));
            fixture.Tree.Values(Group, "member").Should().Equal(fixture.User("ann"));
        }

        await fixture.Driver.AddAsync("Memberships", Membership(Staff, Bob));
        await fixture.Driver.RemoveAsync("Memberships", Membership(Staff, Bob));
        fixture.Tree.Values(Group, "member").Should().Equal(fixture.User("ann"));

        for (var i = 0; i < 2; i++)
        {
            await fixture.Driver.RemoveAsync("Memberships", Membership(Staff, Ann));
            fixture.Tree.Values(Group, "member").Should().Equal("cn=nobody");
        }

        await fixture.Driver.AddAsync("Memberships", Membership(Staff, Bob));
        fixture.Tree.Values(Group, "member").Should().Equal(fixture.User("bob"));
        await fixture.Driver.RemoveAsync("Users", Bob);
        fixture.Tree.Values(Group, "member").Should().Equal(["cn=nobody"], "the last one was deleted");
    }

    [ServerFact]
    public async Task A_group_that_lists_its_members_has_a_placeholder_only_while_it_lists_none()
    {
        using var fixture = await MakeAsync(AsList);
        await fixture.Driver.AddAsync("Users", Ann);
        var listed = Staff.With("members", ValueList.Create([1]));

        await fixture.Driver.AddAsync("Groups", listed);
        fixture.Tree.Values(Group, "member").Should().Equal(fixture.User("ann"));
        await fixture.Driver.ModifyAsync("Groups", listed, Staff);
        fixture.Tree.Values(Group, "member").Should().Equal("cn=nobody");
        await fixture.Driver.ModifyAsync("Groups", Staff, listed);
        fixture.Tree.Values(Group, "member").Should().Equal(fixture.User("ann"));
    }

    [ServerFact]
    public async Task Many_members_go_in_chunks() => await FillAsync(200);

    [ServerFact]
    public async Task Chunks_that_a_server_finds_too_large_are_halved_until_it_takes_them()
    {
        using (var other = Subtree.Of(await shared.GetAsync()))
        {
            var inOne = () => other.Add("cn=all", "member", Enumerable.Range(0, Many).Select(i => other.Below($"uid=u{i},ou=people")), ("objectClass", "groupOfNames"));
            inOne.Should().Throw<DirectoryException>("the server closes the connection");
        }

        await FillAsync(Many);
    }

    private async Task FillAsync(int valuesPerRequest)
    {
        using var fixture = await MakeAsync(options =>
        {
            AsList(options);
            options.ValuesPerRequest = valuesPerRequest;
        });
        for (var i = 0; i < Many; i++)
            fixture.Driver.Context.Set("Users", EntryKey.Of(i), Entry.Of(("id", i), ("uid", $"u{i}"), ("cn", "x"), ("sn", "x")));
        var all = Staff.With("members", ValueList.Create(Enumerable.Range(0, Many).Select(i => (Value)i)));
        var few = Staff.With("members", ValueList.Create([7]));

        await fixture.Driver.AddAsync("Groups", few);
        await fixture.Driver.ModifyAsync("Groups", few, all);
        fixture.Tree.Values(Group, "member").Should().HaveCount(Many);

        await fixture.Driver.ModifyAsync("Groups", all, few);
        fixture.Tree.Values(Group, "member").Should().Equal(fixture.User("u7"));

        await fixture.Driver.RemoveAsync("Groups", few);
        await fixture.Driver.AddAsync("Groups", all);
        fixture.Tree.Values(Group, "member").Should().HaveCount(Many);

        await fixture.Driver.RecycleAsync("Groups", few);
        fixture.Tree.Values(Group, "member").Should().Equal(fixture.User("u7"));
    }

    private static void AsList(DirectoryTargetOptions options)
    {
        options.Memberships.Clear();
        options.Entries["Groups"].Ignore.Remove("members");
        (options.Entries["Groups"].MembersAttribute, options.Entries["Groups"].MembersType) = ("members", "Users");
        options.Entries["Groups"].WhenTrashed = WhenTrashed.Keep;
    }

    private async Task<DirectoryFixture> MakeAsync(Action<DirectoryTargetOptions>? configure = null)
    {
        var server = await shared.GetAsync();
        return await DirectoryFixture.MakeAsync(server, Subtree.Of(server), options =>
        {
            options.Entries["Groups"].Defaults.Clear();
            options.Entries["Groups"].EmptyMember = "cn=nobody";
            configure?.Invoke(options);
        });
    }
}
