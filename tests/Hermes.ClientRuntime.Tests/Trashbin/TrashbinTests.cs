using System.Collections.Concurrent;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Trashbin;

public sealed class TrashbinTests : ClientTest
{
    private static readonly EntryKey One = EntryKey.Of("1");

    [Fact]
    public async Task A_removed_entry_is_trashed_and_purged_when_its_retention_is_over()
    {
        await PopulatedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Applied.TakeLast(2).Should().Equal("Trashed Members[(1, g)]", "Trashed Users[1]");
        (await Harness.Control.ListTrashbinAsync()).Items.Select(entry => entry.RemoteType).Should().Equal("SRVMembers", "SRVUsers");

        await Harness.AdvanceAsync(TimeSpan.FromDays(2));

        Applied.TakeLast(2).Should().Equal("Removed Members[(1, g)]", "Removed Users[1]");
        (await Harness.Control.ListTrashbinAsync()).Items.Should().BeEmpty();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_returning_entry_is_recycled_as_it_was_and_then_modified()
    {
        await PopulatedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")), Campus.Changed("1", ("login", "while trashed")), Campus.User("1", "back"));
        await Harness.AppliedAsync();

        Applied.TakeLast(3).Should().Equal("Trashed Users[1]", "Recycled Users[1]", "Modified Users[1]");
        Target.Applied[^2].Should().BeOfType<EntryRecycled>().Which.Entry.Get("login").Should().Be((Value)"ada");
        Target.Applied[^1].Should().BeOfType<EntryModified>().Which.Changes.Modified.Should().Equal(Entry.Of(("login", "back")));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_returning_entry_that_is_the_same_is_only_recycled()
    {
        await PopulatedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")), Campus.User("1", "ada"));
        await Harness.AppliedAsync();
        Applied.Should().EndWith("Recycled Users[1]");
    }

    [Fact]
    public async Task A_modification_of_a_trashed_entry_is_in_the_expected_view_only()
    {
        await PopulatedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")), Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();

        Applied.Should().EndWith("Trashed Users[1]");
        var entry = (await LocalAsync("Users"))[0];
        entry.Applied!.Entry.Get("login").Should().Be((Value)"ada");
        entry.Expected!.Entry.Get("login").Should().Be((Value)"b");
    }

    [Fact]
    public async Task When_the_modification_after_a_recycling_fails_only_that_is_tried_again()
    {
        await PopulatedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Target.Fail(change => change is EntryModified, times: 1);
        await Harness.SendAsync(Campus.User("1", "back"));
        await Harness.AppliedAsync();
        (await LocalAsync("Users"))[0].Applied!.IsTrashed.Should().BeFalse();

        await Harness.Control.RetryAllAsync();

        Applied.TakeLast(2).Should().Equal("Recycled Users[1]", "Modified Users[1]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Switching_the_trashbin_off_purges_it_and_shortening_it_purges_what_is_over()
    {
        await PopulatedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")));
        await Harness.AppliedAsync();
        await Harness.AdvanceAsync(TimeSpan.FromHours(5));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();

        await RestartAsync(options => options.TrashbinRetention = TimeSpan.FromHours(3));
        Applied.Should().EndWith("Removed Members[(1, g)]");
        (await Harness.Control.ListTrashbinAsync()).Items.Should().ContainSingle();

        await RestartAsync(options => options.TrashbinRetention = TimeSpan.Zero);
        Applied.Should().EndWith("Removed Users[1]");
        (await Harness.Control.ListTrashbinAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task An_entry_that_was_trashed_while_the_clock_was_ahead_is_kept_for_one_retention_from_when_it_is_set_right()
    {
        await PopulatedAsync();
        Harness.Clock.ShiftWallClock(TimeSpan.FromDays(100));
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")));
        await Harness.AppliedAsync();
        Harness.Clock.ShiftWallClock(TimeSpan.FromDays(-100));

        await Harness.AdvanceAsync(TimeSpan.FromHours(2));
        (await Harness.Control.ListTrashbinAsync()).Items.Should().ContainSingle().Which.Since.Should().BeOnOrBefore(Harness.Time.GetUtcNow());
        Applied.Should().EndWith("Trashed Members[(1, g)]");
        await Harness.AdvanceAsync(TimeSpan.FromDays(2));

        Applied.Should().EndWith("Removed Members[(1, g)]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Switching_the_trashbin_off_also_purges_what_was_trashed_while_the_clock_was_ahead()
    {
        await PopulatedAsync();
        Harness.Clock.ShiftWallClock(TimeSpan.FromDays(100));
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")));
        await Harness.AppliedAsync();
        Harness.Clock.ShiftWallClock(TimeSpan.FromDays(-100));

        await RestartAsync();

        Applied.Should().EndWith("Removed Members[(1, g)]");
        (await Harness.Control.ListTrashbinAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task A_purge_that_fails_waits_in_the_queue()
    {
        await PopulatedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        Target.Fail(change => change is EntryRemoved, times: 1);

        (await Harness.Control.PurgeAsync("SRVUsers", One)).Should().BeTrue();
        (await QueueAsync()).Should().Equal("Removed Users[1] 1");

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(60));
        Applied.Should().EndWith("Removed Users[1]");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Who_waits_for_the_client_to_catch_up_is_told_after_all_that_was_due_by_then()
    {
        var target = new RelayTarget();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "eve"));
        await Harness.StartAsync(target, client => client.Model().Configure(options => options.TrashbinRetention = TimeSpan.FromDays(10)));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        await Harness.AdvanceAsync(TimeSpan.FromDays(5));
        await Harness.SendAsync(Campus.Gone(Campus.User("2", "")));
        await Harness.AppliedAsync();

        // While the first one is purged, the time of the second comes too, and someone asks.
        Task? asked = null;
        var wasToldEarly = false;
        var done = new TaskCompletionSource();
        target.Next = () =>
        {
            Harness.Time.Advance(TimeSpan.FromDays(6));
            asked = Harness.AppliedAsync();
            target.Next = () =>
            {
                wasToldEarly = SpinWait.SpinUntil(() => asked.IsCompleted, TimeSpan.FromMilliseconds(50));
                done.SetResult();
            };
        };
        Harness.Time.Advance(TimeSpan.FromDays(6));
        await done.Task;
        await asked!;

        target.Calls.TakeLast(2).Should().Equal("Removed Users[1]", "Removed Users[2]");
        wasToldEarly.Should().BeFalse();
    }

    private async Task PopulatedAsync()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.AppliedAsync();
    }

    // Tells the test when it is called.
    private sealed class RelayTarget : IClientTarget
    {
        public ConcurrentQueue<string> Calls { get; } = [];

        public Action? Next { get; set; }

        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            Calls.Enqueue($"{change.Kind} {change.Type}[{change.Key}]");
            (var next, Next) = (Next, null);
            next?.Invoke();
            return ValueTask.CompletedTask;
        }
    }
}
