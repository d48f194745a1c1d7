using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Events;
using Hermes.Ldap.Directories;
using Hermes.TestSupport.Servers;
using static Hermes.Ldap.Tests.Servers.PeopleClient;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>Names that are used twice, handed on and swapped, through a whole client: everybody gets an entry of her own, and no other is touched.</summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class NamesInUseTests(SharedServer<SlapdServer> shared)
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    [ServerFact]
    public async Task Logins_that_are_swapped_all_arrive_and_the_groups_of_each_follow()
    {
        foreach (var people in new[] { 2, 3, 5 })
        {
            await using var directory = await StartAsync([
                .. Enumerable.Range(0, people).Select(i => User($"{i}", $"login{i}")),
                .. Enumerable.Range(0, people).Select(i => Group($"g{i}", $"group{i}")),
                .. Enumerable.Range(0, people).Select(i => Member($"g{i}", $"{i}"))]);

            await directory.Client.SendAsync([.. Enumerable.Range(0, people).Select(i => Renamed($"{i}", $"login{(i + 1) % people}"))]);

            await directory.Client.ShouldBeDoneAsync();
            for (var i = 0; i < people; i++)
            {
                directory.Number($"uid=login{(i + 1) % people},ou=people").Should().Be($"{i}");
                directory.Members($"group{i}").Should().Equal(directory.User($"login{(i + 1) % people}"));
            }
        }
    }

    [ServerFact]
    public async Task A_kill_while_an_object_is_aside_leaves_nothing_that_the_next_start_does_not_finish()
    {
        await using var directory = await StartAsync(
            [User("1", "ann"), User("2", "bob"), Group("a", "anns"), Group("b", "bobs"), Member("a", "1"), Member("b", "2")]);
        await directory.Client.Harness.StopAsync();
        var killed = new KilledWhenAside(await directory.MakeTargetAsync());
        await directory.Client.RestartAsync(killed, default);

        await directory.Client.Harness.SendAsync(Renamed("1", "bob"), Renamed("2", "ann"));
        await killed.IsAside.WaitAsync(TimeSpan.FromMinutes(1));
        await directory.Client.Harness.KillAsync();
        directory.Tree.Names("(uid=*-hermes-*)").Should().ContainSingle();
        await directory.Client.RestartAsync(await directory.MakeTargetAsync(), default);
        await directory.Client.AppliedAsync();

        await directory.Client.ShouldBeDoneAsync();
        directory.Number("uid=bob,ou=people").Should().Be("1");
        directory.Number("uid=ann,ou=people").Should().Be("2");
        directory.Members("anns").Should().Equal(directory.User("bob"));
        directory.Members("bobs").Should().Equal(directory.User("ann"));
    }

    [ServerFact]
    public async Task Who_comes_back_under_a_new_number_in_one_poll_has_an_entry_of_her_own()
    {
        foreach (var (days, mode, comesFirst) in new[]
        {
            (0, WhenTrashed.Delete, true),
            (0, WhenTrashed.Delete, false),
            (30, WhenTrashed.Delete, true),
            (30, WhenTrashed.Keep, true),
            (30, WhenTrashed.Keep, false),
            (30, WhenTrashed.Lock, true),
            (30, WhenTrashed.Lock, false),
            (30, WhenTrashed.Move, true),
            (30, WhenTrashed.Move, false),
        })
        {
            await using var directory = await StartAsync([User("1", "ann"), User("2", "bob")], options => SharedDirectory.Trash(options, mode), TimeSpan.FromDays(days));
            HermesEvent[] poll = [Gone("1"), User("3", "ann")];

            await directory.Client.SendAsync(comesFirst ? [.. poll.Reverse()] : poll);
            await directory.Client.ShouldBeDoneAsync();
            directory.Number("uid=ann,ou=people").Should().Be("3");

            await directory.Client.Harness.AdvanceAsync(Month + Month);
            await directory.Client.ShouldBeDoneAsync();
            directory.Numbers().Should().BeEquivalentTo("2", "3");
        }
    }

    [ServerFact]
    public async Task A_login_may_be_used_again_while_its_former_owner_is_in_the_trashbin_who_comes_back_when_it_is_free()
    {
        foreach (var mode in new[] { WhenTrashed.Keep, WhenTrashed.Lock, WhenTrashed.Move })
        {
            await using var directory = await StartAsync([User("1", "ann")], options => SharedDirectory.Trash(options, mode), Month);
            var link = directory.Link("uid=ann,ou=people");
            await directory.Client.SendAsync(Gone("1"));
            await directory.Client.Harness.AdvanceAsync(TimeSpan.FromDays(10));

            await directory.Client.SendAsync(User("3", "ann"));
            directory.Number("uid=ann,ou=people").Should().Be("3");
            await directory.Client.SendAsync(User("1", "ann"));
            (await directory.Client.QueueAsync()).Should().ContainSingle().Which.Message.Should().Match("Users 1: *uid=ann,*that of Users?3?*");
            directory.Number("uid=ann,ou=people").Should().Be("3");

            await directory.Client.SendAsync(Renamed("3", "anna"));
            await directory.Client.ShouldBeDoneAsync();
            directory.Number("uid=anna,ou=people").Should().Be("3");
            directory.Link("uid=ann,ou=people").Should().Be(link);
            directory.Tree.Values("uid=ann,ou=people", "employeeType").Should().BeEmpty();
            directory.Numbers().Should().BeEquivalentTo("1", "3");
        }
    }

    [ServerFact]
    public async Task Two_leavers_of_one_name_are_moved_to_the_trash_at_once_and_each_is_removed_from_there()
    {
        await using var directory = await StartAsync([User("1", "ann")], options => SharedDirectory.Trash(options, WhenTrashed.Move), Month);
        await directory.Client.SendAsync(Gone("1"), User("2", "ann"));
        await directory.Client.SendAsync(Gone("2"));

        await directory.Client.ShouldBeDoneAsync();
        directory.Numbers("ou=people").Should().BeEmpty();
        directory.Numbers("ou=trash").Should().BeEquivalentTo("1", "2");

        await directory.Client.SendAsync(User("2", "ann"));
        directory.Number("uid=ann,ou=people").Should().Be("2");
        await directory.Client.Harness.AdvanceAsync(Month + Month);
        directory.Numbers().Should().Equal("2");
    }

    [ServerFact]
    public async Task Of_two_living_with_one_login_the_second_waits_and_nothing_of_the_first_is_touched_also_when_the_second_goes()
    {
        foreach (var key in new[] { null, "employeeNumber" })
        {
            await using var directory = await StartAsync([User("1", "ann"), Group("g", "staff"), Member("g", "1")], options =>
            {
                options.Entries["Users"].KeyAttribute = key;
                options.Entries["Users"].WhenExists = key is null ? WhenExists.Hold : WhenExists.Adopt;
            });
            var before = directory.Tree.Values("uid=ann,ou=people", "modifyTimestamp").Concat(directory.Tree.Values("uid=ann,ou=people", "entryCSN"));

            await directory.Client.SendAsync(User("2", "ann", "Person 1"), Member("g", "2"));
            (await directory.Client.QueueAsync()).Should().Contain(queued => queued.Message.Contains("that of Users[1]"));
            await directory.Client.SendAsync(Changed("2", ("title", "boss")));
            await directory.Client.SendAsync(new RemovedEvent("SRVMembers", EntryKey.Of("g", "2")), Gone("2"));

            await directory.Client.ShouldBeDoneAsync();
            directory.Tree.Values("uid=ann,ou=people", "modifyTimestamp").Concat(directory.Tree.Values("uid=ann,ou=people", "entryCSN")).Should().Equal(before);
            directory.Members("staff").Should().Equal(directory.User("ann"));
        }
    }

    [ServerFact]
    public async Task An_owned_object_is_never_adopted()
    {
        await using var directory = await StartAsync([User("1", "ann", "Same")], options =>
        {
            options.Entries["Users"].KeyAttribute = "cn";
            options.Entries["Users"].WhenExists = WhenExists.Adopt;
        });

        await directory.Client.SendAsync(User("2", "ann", "Same"));

        (await directory.Client.QueueAsync()).Should().ContainSingle();
        directory.Number("uid=ann,ou=people").Should().Be("1");
    }

    private async Task<SharedDirectory> StartAsync(AddedEvent[] entries, Action<DirectoryTargetOptions>? configure = null, TimeSpan retention = default)
    {
        var directory = await SharedDirectory.StartAsync(await shared.GetAsync(), entries, configure, retention);
        await directory.Client.ShouldBeDoneAsync();
        return directory;
    }

    /// <summary>A target whose client is killed as soon as an object has stepped aside.</summary>
    private sealed class KilledWhenAside(IClientTarget target) : IClientTarget
    {
        private readonly TaskCompletionSource _isAside = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsAside => _isAside.Task;

        public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken) => target.StartAsync(types, cancellationToken);

        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) =>
            target.ApplyAsync(change, context, cancellationToken);

        public async ValueTask<bool> StepAsideAsync(EntryId entry, string link, CancellationToken cancellationToken)
        {
            await target.StepAsideAsync(entry, link, cancellationToken);
            _isAside.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return true;
        }
    }
}
