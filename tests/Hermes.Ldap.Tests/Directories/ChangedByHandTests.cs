using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.Testing.Logging;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.Logging;
using static Hermes.Ldap.Tests.Servers.PeopleClient;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A whole client on a directory that others change too: its objects are found by their links, wherever they are.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class ChangedByHandTests(SharedServer<SlapdServer> shared)
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    [ServerFact]
    public async Task An_object_that_stepped_aside_gets_its_name_again_by_a_change_that_is_not_about_it()
    {
        await using var directory = await StartAsync([User("1", "ann")]);
        await directory.Target.StepAsideAsync(new("Users", EntryKey.Of("1")), directory.Link("uid=ann,ou=people"), default);
        directory.Tree.Exists("uid=ann,ou=people").Should().BeFalse();

        await directory.Client.SendAsync(Changed("1", ("title", "boss")));

        directory.Tree.Values("uid=ann,ou=people", "title").Should().Equal("boss");
    }

    [ServerFact]
    public async Task What_somebody_moved_or_renamed_is_changed_where_it_is_and_gets_its_name_when_that_changes()
    {
        await using var directory = await StartAsync([User("1", "ann"), Group("g", "staff")]);
        directory.Tree.Move("uid=ann,ou=people", "uid=hand,ou=other");
        directory.AddByHand("uid=ann,ou=people");

        await directory.Client.SendAsync(Changed("1", ("title", "boss")));
        await directory.Client.SendAsync(Member("g", "1"));
        directory.Tree.Values("uid=hand,ou=other", "title").Should().Equal("boss");
        directory.Members("staff").Should().Equal(directory.Tree.Below("uid=hand,ou=other"));

        await directory.Client.SendAsync(Renamed("1", "anna"));
        await directory.Client.ShouldBeDoneAsync();
        directory.Number("uid=anna,ou=people").Should().Be("1");
        directory.Members("staff").Should().Equal(directory.User("anna"));
        directory.Number("uid=ann,ou=people").Should().Be("by hand");
    }

    [ServerFact]
    public async Task What_somebody_moved_is_brought_back_where_that_is_wanted()
    {
        await using var directory = await StartAsync([User("1", "ann")], options => options.Entries["Users"].WhenMoved = WhenMoved.Restore);
        directory.Tree.Move("uid=ann,ou=people", "uid=hand,ou=other");

        await directory.Client.SendAsync(Changed("1", ("title", "boss")));

        directory.Tree.Values("uid=ann,ou=people", "title").Should().Equal("boss");
        directory.Tree.Exists("uid=hand,ou=other").Should().BeFalse();
    }

    [ServerFact]
    public async Task What_somebody_moved_or_renamed_is_trashed_and_removed_where_it_is_and_what_bears_its_name_is_not_touched()
    {
        foreach (var mode in new[] { WhenTrashed.Delete, WhenTrashed.Keep, WhenTrashed.Lock, WhenTrashed.Move })
        {
            await using var directory = await StartAsync([User("1", "ann"), Group("g", "staff"), Member("g", "1")], options => SharedDirectory.Trash(options, mode), Month);
            directory.Tree.Move("uid=ann,ou=people", "uid=hand,ou=other");
            directory.AddByHand("uid=ann,ou=people");

            await directory.Client.SendAsync(Gone("1"));
            await directory.Client.ShouldBeDoneAsync();
            directory.Tree.Values("uid=hand,ou=other", "employeeType").Should().Equal(mode == WhenTrashed.Lock ? ["locked"] : []);
            directory.Tree.Exists("uid=hand,ou=other").Should().Be(mode is WhenTrashed.Keep or WhenTrashed.Lock);

            await directory.Client.Harness.AdvanceAsync(Month + Month);
            await directory.Client.ShouldBeDoneAsync();
            directory.Numbers().Should().Equal("by hand");
        }
    }

    [ServerFact]
    public async Task What_somebody_moved_or_renamed_comes_back_from_the_trashbin_where_it_is_or_from_the_container_of_the_trashed_to_its_place()
    {
        foreach (var (mode, place) in new[]
        {
            (WhenTrashed.Keep, "uid=hand,ou=other"),
            (WhenTrashed.Lock, "uid=hand,ou=other"),
            (WhenTrashed.Move, "uid=ann,ou=people"),
        })
        {
            await using var directory = await StartAsync([User("1", "ann")], options => SharedDirectory.Trash(options, mode), Month);
            var link = directory.Link("uid=ann,ou=people");
            directory.Tree.Move("uid=ann,ou=people", "uid=hand,ou=other");

            await directory.Client.SendAsync(Gone("1"));
            await directory.Client.SendAsync(User("1", "ann"));

            await directory.Client.ShouldBeDoneAsync();
            directory.Link(place).Should().Be(link);
            directory.Tree.Values(place, "employeeType").Should().BeEmpty();
            directory.Numbers().Should().Equal("1");
        }
    }

    [ServerFact]
    public async Task What_somebody_deleted_while_it_was_in_the_trashbin_is_made_anew_when_it_comes_back()
    {
        await using var directory = await StartAsync([User("1", "ann")], options => SharedDirectory.Trash(options, WhenTrashed.Keep), Month);
        await directory.Client.SendAsync(Gone("1"));
        directory.Tree.Delete("uid=ann,ou=people");

        await directory.Client.SendAsync(User("1", "ann"));

        await directory.Client.ShouldBeDoneAsync();
        directory.Number("uid=ann,ou=people").Should().Be("1");
    }

    [ServerFact]
    public async Task What_somebody_deleted_is_made_anew_with_its_memberships_when_it_changes()
    {
        await using var directory = await StartAsync([User("1", "ann"), User("2", "bob"), Group("g", "staff"), Member("g", "1"), Member("g", "2")]);
        directory.Tree.Delete("uid=ann,ou=people");
        directory.Tree.Remove("cn=staff,ou=groups", "member", directory.User("ann"));

        await directory.Client.SendAsync(Changed("1", ("title", "boss")));

        await directory.Client.ShouldBeDoneAsync();
        directory.Tree.Values("uid=ann,ou=people", "title").Should().Equal("boss");
        directory.Members("staff").Should().Equal(directory.User("ann"), directory.User("bob"));

        directory.Tree.Delete("uid=ann,ou=people");
        directory.AddByHand("uid=ann,ou=people");
        await directory.Client.SendAsync(Gone("1"));
        await directory.Client.ShouldBeDoneAsync();
        directory.Numbers().Should().BeEquivalentTo("2", "by hand");
    }

    [ServerFact]
    public async Task What_somebody_deleted_is_not_mistaken_for_the_one_whose_name_it_should_get()
    {
        await using var directory = await StartAsync([User("1", "ann"), User("2", "bob")]);
        directory.Tree.Delete("uid=ann,ou=people");

        await directory.Client.SendAsync(Renamed("1", "bob"));

        (await directory.Client.QueueAsync()).Should().ContainSingle().Which.Message.Should().Match("Users 1: *taken by the object uid=bob,*that of Users?2?*");
        directory.Number("uid=bob,ou=people").Should().Be("2");

        await directory.Client.SendAsync(Renamed("2", "robert"));
        await directory.Client.ShouldBeDoneAsync();
        directory.Number("uid=bob,ou=people").Should().Be("1");
        directory.Number("uid=robert,ou=people").Should().Be("2");
    }

    [ServerFact]
    public async Task Entries_of_a_state_without_links_are_found_by_their_names_and_linked_when_they_change()
    {
        var log = new RecordingLoggerProvider();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var server = await shared.GetAsync();
        using var nameless = await DirectoryFixture.MakeAsync(
            server, Subtree.Of(server), options => options.IdentityAttribute = "carLicense", factory.CreateLogger<DirectoryTarget>());
        await using var client = new PeopleClient();
        await client.StartAsync(nameless.Target, default, User("1", "ann"), User("2", "bob"));
        log.Lines.Should().ContainSingle(line => line.Contains("carLicense"));
        await client.SendAsync(Changed("1", ("title", "clerk")));
        await client.ShouldBeDoneAsync();
        await client.Harness.StopAsync();

        // From here on with links.
        var linking = await DirectoryFixture.MakeAsync(server, nameless.Tree);
        await client.RestartAsync(linking.Target, default);
        await client.SendAsync(Changed("1", ("title", "boss")));
        nameless.Tree.Move("uid=ann,ou=people", "uid=hand,ou=other");
        await client.SendAsync(Changed("1", ("title", "chief")));

        await client.ShouldBeDoneAsync();
        nameless.Tree.Values("uid=hand,ou=other", "title").Should().Equal("chief");
        await client.SendAsync(Gone("1"), Gone("2"));
        nameless.Tree.All("", "(objectClass=person)", "cn").Should().BeEmpty();
    }

    private async Task<SharedDirectory> StartAsync(AddedEvent[] entries, Action<DirectoryTargetOptions>? configure = null, TimeSpan retention = default)
    {
        var directory = await SharedDirectory.StartAsync(await shared.GetAsync(), entries, configure, retention);
        await directory.Client.ShouldBeDoneAsync();
        return directory;
    }
}
