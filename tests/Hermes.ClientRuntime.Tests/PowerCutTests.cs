using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests;

/// <summary>
/// The power is cut while the client works: nothing is known of its calls since the last commit. What they did to an entry comes to the target again as what it comes to
/// together, with every remediation policy.
/// </summary>
public sealed class PowerCutTests : ClientTest
{
    public static TheoryData<RemediationPolicy> Policies => [.. Enum.GetValues<RemediationPolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Removal_of_what_came_again_and_has_children_by_now_does_not_block(RemediationPolicy policy)
    {
        var target = new StrictTarget();
        await CutAsync(
            target, policy, [Campus.User("1", "ada"), Campus.Group("g", "Maths")],
            Campus.Gone(Campus.User("1", "ada")), Campus.User("1", "ada2"), Campus.Member("1", "g"));

        await GoOnAsync(target, policy);

        target.Rows.Should().Contain("Users[1]").And.Contain("Members[(1, g)]");
        target.Again.Should().Equal("Added Users[1]", "Added Members[(1, g)]", "Added Groups[hangs]");
        await ShouldHaveSettledAsync();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task No_value_goes_back(RemediationPolicy policy)
    {
        var target = new StrictTarget();
        await CutAsync(target, policy, [Campus.User("1", "a")], Campus.Changed("1", ("login", "b")), Campus.Changed("1", ("login", "c")));

        await GoOnAsync(target, policy);

        target.Logins.Should().Equal("a", "b", "c", "c");
        await ShouldHaveSettledAsync();
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task What_came_and_went_is_gone(RemediationPolicy policy)
    {
        var target = new StrictTarget();
        await CutAsync(
            target, policy, [Campus.Group("g", "Maths")], Campus.User("1", "a"), Campus.Member("1", "g"), Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "a")));

        await GoOnAsync(target, policy);

        target.Rows.Should().BeEquivalentTo("Groups[g]", "Groups[hangs]");
        await ShouldHaveSettledAsync();
    }

    [Fact]
    public async Task Kill_before_all_that_came_before_the_cut_has_come_again_changes_nothing()
    {
        var target = new StrictTarget();
        var count = Enumerable.Range(2, 200).Select(id => Campus.User($"{id}", "x"));
        await CutAsync(
            target, RemediationPolicy.Disabled, [Campus.User("1", "a"), Campus.Group("g", "Maths")],
            [Campus.Gone(Campus.User("1", "a")), Campus.User("1", "b"), Campus.Member("1", "g"), .. count]);
        target.Hangs = null;
        for (var commits = 1; commits < 4; commits++)
        {
            var killed = Harness.State.KillAfterAsync(commits);
            await StartAsync(target, RemediationPolicy.Disabled, eventsPerCommit: 10);
            await killed;
            await Harness.StopAsync();
        }

        await GoOnAsync(target, RemediationPolicy.Disabled);

        target.Rows.Should().HaveCount(204).And.Contain("Members[(1, g)]");
        target.Again.Should().NotContain("Removed Users[1]");
        await ShouldHaveSettledAsync();
    }

    [Fact]
    public async Task What_waited_in_the_queue_and_may_have_been_done_is_merged_too()
    {
        var target = new StrictTarget { Refuses = "Users[1]" };
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "a"), Campus.Group("g", "Maths"));
        await StartAsync(target, RemediationPolicy.Disabled);
        await Harness.AppliedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "a")), Campus.User("1", "b"), Campus.Member("1", "g"), Campus.Changed("1", ("login", "c")));
        await Harness.AppliedAsync();
        (target.Refuses, target.Hangs) = (null, "Modified Users[1]");
        _ = Harness.Control.RetryAllAsync();
        await target.InFlight;
        Harness.State.CutPower();
        await Harness.StopAsync();

        await GoOnAsync(target, RemediationPolicy.Disabled);

        target.Rows.Should().BeEquivalentTo("Users[1]", "Groups[g]", "Members[(1, g)]");
        target.Logins[^1].Should().Be("c");
        await ShouldHaveSettledAsync();
    }

    private async Task CutAsync(StrictTarget target, RemediationPolicy policy, Hermes.Events.AddedEvent[] initial, params Hermes.Events.HermesEvent[] events)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, initial);
        await StartAsync(target, policy);
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync([.. events, Campus.Group("hangs", "")]);
        target.Hangs = "Added Groups[hangs]";
        await StartAsync(target, policy);
        await target.InFlight;
        Harness.State.CutPower();
        await Harness.StopAsync();
    }

    private Task StartAsync(StrictTarget target, RemediationPolicy policy, int eventsPerCommit = 1000) => Harness.StartAsync(target, client => client.Model().Configure(options =>
    {
        (options.Remediation, options.MaxEventsPerCommit, options.RemovalGuard.Enabled) = (policy, eventsPerCommit, false);
    }));

    private async Task GoOnAsync(StrictTarget target, RemediationPolicy policy)
    {
        target.Hangs = null;
        target.Again.Clear();
        await StartAsync(target, policy);
        await Harness.AppliedAsync();
        await Harness.AppliedAsync();
    }

    private async Task ShouldHaveSettledAsync() => (await Harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();

    /// <summary>A target whose rows refer to each other, and that refuses what would break that.</summary>
    private sealed class StrictTarget : IClientTarget
    {
        private readonly TaskCompletionSource _inFlight = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HashSet<string> Rows { get; } = [];

        public List<string> Logins { get; } = [];

        public List<string> Again { get; } = [];

        public string? Hangs { get; set; }

        public string? Refuses { get; set; }

        public Task InFlight => _inFlight.Task;

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            var row = $"{change.Type}[{change.Key}]";
            if ($"{change.Kind} {row}" == Hangs)
            {
                _inFlight.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            if (row == Refuses)
                throw new TargetException("refused", FaultKind.Permanent);
            if (context.IsRedelivery)
                Again.Add($"{change.Kind} {row}");
            Apply(change, row);
        }

        private void Apply(TargetChange change, string row)
        {
            switch (change)
            {
                case EntryAdded { Type: "Members" } when !Rows.Contains($"Users[{change.Key[0]}]") || !Rows.Contains($"Groups[{change.Key[1]}]"):
                    throw new TargetException("a parent is missing", FaultKind.Permanent);
                case EntryRemoved { Type: "Users" } when Rows.Any(other => other.StartsWith($"Members[({change.Key}, ", StringComparison.Ordinal)):
                    throw new TargetException("a child is there", FaultKind.Permanent);
                case EntryRemoved:
                    Rows.Remove(row);
                    break;
                case EntryAdded added:
                    Rows.Add(row);
                    Tell(added.Entry);
                    break;
                case EntryModified modified:
                    Rows.Should().Contain(row);
                    Tell(modified.Entry);
                    break;
            }
        }

        private void Tell(Entry entry)
        {
            if (entry.TryGetValue("login", out var login))
                Logins.Add(login.AsString());
        }
    }
}
