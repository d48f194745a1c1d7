using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Directories.ReferringDirectory;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A whole client whose people have managers and whose groups list people and groups, on a directory that corrects references itself, and on one that does not.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class ReferencesTests(SharedServer<SlapdServer> shared)
{
    [ServerFact]
    public async Task What_is_there_is_written_and_the_rest_follows_managers_in_a_circle_and_groups_in_each_other_too()
    {
        foreach (var correctsItself in new[] { false, true })
            await CompleteAsync(correctsItself);
    }

    private async Task CompleteAsync(bool correctsItself)
    {
        await using var campus = await StartAsync(
            correctsItself, [Group(1, "staff", [1, 2, 3], [2], owner: 2), Group(2, "all", [3], [1]), Person(1, "ann", manager: 2), Person(2, "bob", manager: 1)]);
        campus.Members("staff").Should().Equal(campus.Group("all"), campus.User("ann"), campus.User("bob"));
        campus.Members("all").Should().Equal(campus.Group("staff"));
        campus.Tree.Values("cn=staff,ou=groups", "owner").Should().Equal(campus.User("bob"));
        campus.Managers().Should().Equal($"ann {campus.User("bob")}", $"bob {campus.User("ann")}");
        campus.Client.Control.Status.PendingReferences.Should().Be(2);

        await campus.SendAsync(Person(3, "cid", manager: 3));
        campus.Members("staff").Should().Equal(campus.Group("all"), campus.User("ann"), campus.User("bob"), campus.User("cid"));
        campus.Members("all").Should().Equal(campus.Group("staff"), campus.User("cid"));
        campus.Managers().Should().Contain($"cid {campus.User("cid")}");
        await campus.ShouldBeCompleteAsync();
    }

    [ServerFact]
    public async Task Who_is_renamed_is_corrected_wherever_he_is_referred_to()
    {
        foreach (var correctsItself in new[] { false, true })
            await RenameAsync(correctsItself);
    }

    private async Task RenameAsync(bool correctsItself)
    {
        await using var campus = await StartAsync(
            correctsItself, [Person(1, "ann"), Person(2, "bob", manager: 1), Group(1, "staff", [1, 2], [], owner: 1), Group(2, "all", [], [1])]);
        await campus.SendAsync(Changed("SRVUsers", 1, ("login", "anna")), Changed("SRVGroups", 1, ("name", "team")));

        campus.Members("team").Should().Equal(campus.User("anna"), campus.User("bob"));
        campus.Members("all").Should().Equal(campus.Group("team"));
        campus.Tree.Values("cn=team,ou=groups", "owner").Should().Equal(campus.User("anna"));
        campus.Managers().Should().Equal($"bob {campus.User("anna")}");

        campus.Tree.Move("uid=bob,ou=people", "uid=hand,ou=other");
        await campus.SendAsync(Changed("SRVGroups", 2, ("members", List(2))));
        campus.Members("all").Should().Equal(campus.Group("team"), campus.Tree.Below("uid=hand,ou=other"));
    }

    [ServerFact]
    public async Task A_member_that_goes_is_none_any_more_and_is_one_again_when_it_comes_back()
    {
        foreach (var mode in new[] { WhenTrashed.Delete, WhenTrashed.Keep, WhenTrashed.Lock, WhenTrashed.Move })
            await LeaveAndReturnAsync(mode, correctsItself: false);
        await LeaveAndReturnAsync(WhenTrashed.Delete, correctsItself: true);
        await LeaveAndReturnAsync(WhenTrashed.Move, correctsItself: true);
    }

    private async Task LeaveAndReturnAsync(WhenTrashed mode, bool correctsItself)
    {
        await using var campus = await StartAsync(
            correctsItself,
            [Person(1, "ann"), Person(2, "bob", manager: 1), Group(1, "staff", [1, 2], []), Group(2, "solo", [1], [])],
            options => SharedDirectory.Trash(options, mode));
        await campus.SendAsync(new RemovedEvent("SRVUsers", EntryKey.Of(1)));
        campus.Members("staff").Should().Equal(campus.User("bob"));
        campus.Members("solo").Should().Equal(["cn=nobody"], "the object class wants a member");
        campus.Managers().Should().BeEmpty();
        campus.Client.Control.Status.PendingReferences.Should().Be(3);

        await campus.SendAsync(Person(1, "ann"));
        campus.Members("staff").Should().Equal(campus.User("ann"), campus.User("bob"));
        campus.Members("solo").Should().Equal(campus.User("ann"));
        campus.Managers().Should().Equal($"bob {campus.User("ann")}");
        await campus.ShouldBeCompleteAsync();
    }

    [ServerFact]
    public async Task The_last_member_leaves_and_later_somebody_joins()
    {
        await using var campus = await StartAsync(false, [Person(1, "ann"), Group(1, "staff", [1], [])]);
        await campus.SendAsync(Changed("SRVGroups", 1, ("members", List())));
        campus.Members("staff").Should().Equal("cn=nobody");
        await campus.SendAsync(Changed("SRVGroups", 1, ("members", List(1))));
        campus.Members("staff").Should().Equal(campus.User("ann"));
    }

    [ServerFact]
    public async Task A_group_that_is_adopted_keeps_the_members_that_are_not_of_entries_and_gets_those_that_are()
    {
        await using var campus = await StartAsync(
            false,
            [Person(1, "ann"), Person(2, "bob")],
            options =>
            {
                (options.Entries["Groups"].WhenExists, options.Entries["Groups"].KeyAttribute) = (WhenExists.Adopt, "businessCategory");
                options.Entries["Groups"].Rename["id"] = "businessCategory";
                options.Entries["Groups"].Ignore.Clear();
            });
        campus.Tree.Add(
            "cn=staff,ou=groups",
            "member",
            [campus.User("ann"), campus.User("cid"), "cn=service,dc=elsewhere"],
            ("objectClass", "groupOfNames"),
            ("businessCategory", "1"));

        await campus.SendAsync(Group(1, "staff", [2, 3], []));
        campus.Members("staff").Should().BeEquivalentTo(
            [campus.User("bob"), campus.User("cid"), "cn=service,dc=elsewhere"], "ann's object is an entry's, the others are not, or not yet");
        await campus.SendAsync(Person(3, "cid"));
        await campus.SendAsync(Changed("SRVGroups", 1, ("members", List(3))));
        campus.Members("staff").Should().BeEquivalentTo(campus.User("cid"), "cn=service,dc=elsewhere");
        await campus.ShouldBeCompleteAsync();
    }

    [ServerFact]
    public async Task Three_thousand_members_go_in_chunks_that_the_server_takes()
    {
        const int Many = 3000;
        await using var campus = await StartAsync(
            false, [.. Enumerable.Range(1, Many).Select(id => Person(id, $"u{id}"))], options => options.ValuesPerRequest = Many);
        using (var other = Subtree.Of(await shared.GetAsync()))
        {
            var inOne = () => other.Add("cn=all", "member", Enumerable.Range(0, Many).Select(id => campus.User($"u{id}")), ("objectClass", "groupOfNames"));
            inOne.Should().Throw<DirectoryException>("the server closes the connection");
        }

        await campus.SendAsync(Group(1, "staff", [.. Enumerable.Range(1, Many)], []));
        campus.Members("staff").Should().HaveCount(Many);
        await campus.SendAsync(Changed("SRVGroups", 1, ("members", List(7))));
        campus.Members("staff").Should().Equal(campus.User("u7"));
        await campus.ShouldBeCompleteAsync();
    }

    private async Task<ReferringDirectory> StartAsync(bool correctsItself, AddedEvent[] entries, Action<DirectoryTargetOptions>? configure = null) =>
        await ReferringDirectory.StartAsync(await shared.GetAsync(), correctsItself, entries, configure);
}
