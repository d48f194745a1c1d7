using Hermes.Events;
using Hermes.Ldap.ActiveDirectory;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Servers.PeopleClient;

namespace Hermes.Ldap.Tests.ActiveDirectory;

/// <summary>Accounts whose logins are used twice, handed on and swapped, and that somebody moves and deletes by hand, through a whole client.</summary>
[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class AccountLinkTests(SharedServer<SambaServer> shared)
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    [ServerFact]
    public async Task Who_comes_back_under_a_new_number_in_one_poll_has_a_working_account_of_her_own()
    {
        foreach (var (days, comesFirst) in new[] { (0, true), (0, false), (30, true), (30, false) })
        {
            await using var domain = await StartAsync(mark => [User("1", $"ann{mark}", "Ann")], TimeSpan.FromDays(days));
            var sid = domain.Sid("ann");
            HermesEvent[] poll = [Gone("1"), User("2", $"ann{domain.Mark}", "Ann")];

            await domain.Client.SendAsync(comesFirst ? [.. poll.Reverse()] : poll);
            await domain.Client.ShouldBeDoneAsync();
            await domain.Client.Harness.AdvanceAsync(Month + Month);
            await domain.Client.ShouldBeDoneAsync();

            domain.Number("ann").Should().Be("2");
            domain.Find("ann").Should().Be("CN=Ann,OU=people");
            domain.Value("ann", "userPrincipalName").Should().Be($"ann{domain.Mark}@hermes.test");
            domain.IsEnabled("ann").Should().BeTrue();
            domain.Sid("ann").Should().NotEqual(sid);
            domain.Numbers().Should().Equal("2");
        }
    }

    [ServerFact]
    public async Task A_login_is_used_again_after_ten_days_and_the_new_account_outlives_the_former_one()
    {
        foreach (var configure in new Action<AccountOptions, Subtree>[] { (_, _) => { }, (users, tree) => users.TrashBase = tree.Below("ou=trash") })
        {
            await using var domain = await StartAsync(mark => [User("1", $"ann{mark}", "Ann")], Month, configure);
            var sid = domain.Sid("ann");
            await domain.Client.SendAsync(Gone("1"));
            domain.IsEnabled("ann").Should().BeFalse();
            await domain.Client.Harness.AdvanceAsync(TimeSpan.FromDays(10));

            await domain.Client.SendAsync(User("2", $"ann{domain.Mark}", "Ann"));
            await domain.Client.ShouldBeDoneAsync();
            domain.IsEnabled("ann").Should().BeTrue();
            domain.Sid("ann").Should().NotEqual(sid);
            domain.Numbers().Should().BeEquivalentTo("1", "2");

            await domain.Client.Harness.AdvanceAsync(Month);
            await domain.Client.ShouldBeDoneAsync();
            domain.Number("ann").Should().Be("2");
            domain.IsEnabled("ann").Should().BeTrue();
            domain.Numbers().Should().Equal("2");
        }
    }

    [ServerFact]
    public async Task A_trashed_account_that_stepped_aside_has_its_names_again_when_it_comes_back()
    {
        await using var domain = await StartAsync(mark => [User("1", $"ann{mark}", "Ann")], Month);
        var sid = domain.Sid("ann");
        await domain.Client.SendAsync(Gone("1"));
        await domain.Client.SendAsync(User("2", $"ann{domain.Mark}", "Ann"));
        await domain.Client.SendAsync(Renamed("2", $"anna{domain.Mark}"), Changed("2", ("name", "Anna")));

        await domain.Client.SendAsync(User("1", $"ann{domain.Mark}", "Ann"));

        await domain.Client.ShouldBeDoneAsync();
        domain.Sid("ann").Should().Equal(sid);
        domain.Find("ann").Should().Be("CN=Ann,OU=people");
        domain.Value("ann", "userPrincipalName").Should().Be($"ann{domain.Mark}@hermes.test");
        domain.IsEnabled("ann").Should().BeTrue();
        domain.Number("anna").Should().Be("2");
    }

    [ServerFact]
    public async Task Logins_that_are_swapped_all_arrive_and_every_account_stays_the_one_it_was()
    {
        foreach (var (people, names) in new[] { (2, false), (3, false), (3, true) })
        {
            await using var domain = await StartAsync(mark => [.. Enumerable.Range(0, people).Select(i => User($"{i}", $"l{i}{mark}"))]);
            byte[][] sids = [.. Enumerable.Range(0, people).Select(i => domain.Sid($"l{i}"))];

            await domain.Client.SendAsync([.. Enumerable.Range(0, people).Select(i => Changed($"{i}", names
                ? [("login", $"l{(i + 1) % people}{domain.Mark}"), ("name", $"Person {(i + 1) % people}")]
                : [("login", $"l{(i + 1) % people}{domain.Mark}")]))]);

            await domain.Client.ShouldBeDoneAsync();
            for (var i = 0; i < people; i++)
            {
                var (login, name) = ($"l{(i + 1) % people}", names ? (i + 1) % people : i);
                domain.Sid(login).Should().Equal(sids[i]);
                domain.Number(login).Should().Be($"{i}");
                domain.Value(login, "userPrincipalName").Should().Be($"{login}{domain.Mark}@hermes.test");
                domain.Find(login).Should().Be($"CN=Person {name},OU=people");
                domain.IsEnabled(login).Should().BeTrue();
            }
        }
    }

    [ServerFact]
    public async Task Of_two_living_with_one_login_the_second_waits_and_names_the_first_and_nothing_of_that_is_touched()
    {
        await using var domain = await StartAsync(mark => [User("1", $"ann{mark}", "Ann")]);
        var before = domain.Value("ann", "uSNChanged");

        await domain.Client.SendAsync(User("2", $"ann{domain.Mark}", "Another"));
        (await domain.Client.QueueAsync()).Should().ContainSingle().Which.Message.Should().Match("Users 2: *'sAMAccountName' is that of CN=Ann,OU=people,*");
        await domain.Client.SendAsync(Gone("2"));

        await domain.Client.ShouldBeDoneAsync();
        domain.Value("ann", "uSNChanged").Should().Be(before);
        domain.Numbers().Should().Equal("1");
    }

    [ServerFact]
    public async Task A_login_that_an_account_gives_up_is_taken_as_soon_as_it_is_free()
    {
        await using var domain = await StartAsync(mark => [User("1", $"ann{mark}"), User("2", $"bob{mark}")]);

        await domain.Client.SendAsync(Renamed("2", $"ann{domain.Mark}"));
        (await domain.Client.QueueAsync()).Should().ContainSingle();
        await domain.Client.SendAsync(Renamed("1", $"anna{domain.Mark}"));

        await domain.Client.ShouldBeDoneAsync();
        domain.Number("ann").Should().Be("2");
        domain.Number("anna").Should().Be("1");
    }

    [ServerFact]
    public async Task What_somebody_moved_or_renamed_is_changed_disabled_and_removed_where_it_is()
    {
        await using var domain = await StartAsync(mark => [User("1", $"ann{mark}", "Ann"), Group("g", $"staff{mark}")], Month);
        domain.Tree.Move("cn=Ann,ou=people", "cn=Hand,ou=other");
        domain.Tree.Add("cn=Ann,ou=people", ("objectClass", "user"), ("sAMAccountName", $"foreign{domain.Mark}"), ("employeeNumber", "by hand"));

        await domain.Client.SendAsync(Changed("1", ("title", "boss")));
        await domain.Client.SendAsync(Member("g", "1"));
        domain.Find("ann").Should().Be("CN=Hand,OU=other");
        domain.Value("ann", "title").Should().Be("boss");
        domain.Members("staff").Should().ContainSingle().Which.Should().StartWith("CN=Hand,OU=other,");

        await domain.Client.SendAsync(Gone("1"));
        await domain.Client.ShouldBeDoneAsync();
        domain.IsEnabled("ann").Should().BeFalse();
        await domain.Client.Harness.AdvanceAsync(Month + Month);
        await domain.Client.ShouldBeDoneAsync();
        domain.Numbers().Should().Equal("by hand");
    }

    [ServerFact]
    public async Task What_somebody_deleted_is_made_anew_with_its_memberships_when_it_changes()
    {
        await using var domain = await StartAsync(mark => [User("1", $"ann{mark}", "Ann"), Group("g", $"staff{mark}"), Member("g", "1")]);
        domain.Tree.Delete("cn=Ann,ou=people");

        await domain.Client.SendAsync(Changed("1", ("title", "boss")));

        await domain.Client.ShouldBeDoneAsync();
        domain.Value("ann", "title").Should().Be("boss");
        domain.IsEnabled("ann").Should().BeTrue();
        domain.Members("staff").Should().ContainSingle();
    }

    private async Task<SharedDomain> StartAsync(
        Func<string, AddedEvent[]> entries, TimeSpan retention = default, Action<AccountOptions, Subtree>? configure = null) =>
        await SharedDomain.StartAsync(await shared.GetAsync(), entries, retention, configure);
}
