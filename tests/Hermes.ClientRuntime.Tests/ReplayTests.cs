using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests;

/// <summary>The client is killed in the middle of a batch: what came of its calls is known, and only the calls in flight are made again.</summary>
public sealed class ReplayTests : ClientTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task After_a_kill_only_the_calls_in_flight_are_made_again(int maxConcurrency)
    {
        var target = await KilledAsync(10, 20, maxConcurrency);

        await StartAsync(options => options.MaxConcurrency = maxConcurrency);
        await Harness.AppliedAsync();

        Target.Calls.Count(call => target.Ended.Contains(call.Change.Key)).Should().Be(0);
        (target.Ended.Count + Target.Calls.Count).Should().Be(20);
        Target.Calls[0].IsRedelivery.Should().BeTrue();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_failed_before_a_kill_waits_in_the_queue_with_its_steps_and_message()
    {
        var target = await KilledAsync(10, 20, 1, refused: "4");

        await StartAsync();
        await Harness.AppliedAsync();

        var waiting = (await Harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle().Subject;
        (waiting.Key, waiting.Attempts, waiting.Message, waiting.IsInFlight, waiting.WasBrokenOff).Should().Be((EntryKey.Of("4"), 1, "refused", false, false));
        waiting.CompletedSteps.Should().Equal("reserve");
        Target.Calls.Should().NotContain(call => target.Ended.Contains(call.Change.Key));
        await RecoverAsync();
    }

    [Fact]
    public async Task A_kill_while_the_outcomes_are_taken_over_repeats_none_of_them()
    {
        var target = await KilledAsync(10, 20, 1);
        var again = new KilledTarget(1, "");
        await Harness.StartAsync(again, client => client.Model());
        await again.InFlight;
        await Harness.KillAsync();

        await StartAsync();
        await Harness.AppliedAsync();

        Target.Calls.Should().NotContain(call => target.Ended.Contains(call.Change.Key));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task After_a_kill_in_a_retry_only_the_call_in_flight_is_made_again()
    {
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync();
        Target.Fail();
        await Harness.SendAsync(Enumerable.Range(1, 20).Select(id => Campus.User($"{id}", "ada")));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        var target = new KilledTarget(10, "");
        Harness.Time.Advance(TimeSpan.FromHours(2));
        await Harness.StartAsync(target, client => client.Model());
        await target.InFlight;
        await Harness.KillAsync();

        Target = new();
        await StartAsync();
        await Harness.AppliedAsync();

        (target.Ended.Count + Target.Calls.Count).Should().Be(20);
        Target.Calls.Should().NotContain(call => target.Ended.Contains(call.Change.Key));
        Target.Calls[0].IsRedelivery.Should().BeTrue();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task An_entry_that_was_recycled_before_a_kill_is_only_modified_after_it()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.User("1", "b"));
        var target = new KilledTarget(2, "");
        await Harness.StartAsync(target, client => client.Model().Configure(options => options.TrashbinRetention = TimeSpan.FromDays(1)));
        await target.InFlight;
        await Harness.KillAsync();

        Target = new();
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.AppliedAsync();

        Target.Calls.Should().ContainSingle().Which.Should().Match<Hermes.Testing.Targets.RecordedCall>(call => call.Change is EntryModified && call.IsRedelivery);
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_was_recycled_before_a_kill_is_added_after_it_if_the_trashbin_is_gone()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")), Campus.User("1", "b"));
        var target = new KilledTarget(3, "");
        await Harness.StartAsync(
            target, client => client.Model().Configure(options => (options.TrashbinRetention, options.MaxConcurrency) = (TimeSpan.FromDays(1), 2)));
        await target.InFlight;
        await Harness.KillAsync();

        Target = new();
        await StartAsync();
        await Harness.AppliedAsync();

        // What was trashed and recycled is removed now; the addition that comes then is not what the recycling was.
        Target.Calls.Select(call => (call.Change.Kind, call.IsRedelivery)).Should().Equal((TargetChangeKind.Removed, true), (TargetChangeKind.Added, true));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_was_added_before_a_kill_is_added_again_if_it_was_taken_back_since()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Group("g", "Maths"), Campus.Group("h", "Physics"));
        var target = new KilledTarget(2, "");
        await Harness.StartAsync(target, client => client.Model().Configure(options => options.MaxConcurrency = 2));
        await target.InFlight;
        await Harness.KillAsync();

        // A model without groups takes back what may have come to the target; it dies before it has done so.
        var takesBack = new KilledTarget(1, "");
        await Harness.StartAsync(
            takesBack, client => client.DataType("Users", type => type.From("SRVUsers").Map("login")).Configure(options => options.RemovalGuard.Enabled = false));
        await takesBack.InFlight;
        await Harness.KillAsync();

        Target = new();
        await StartAsync();
        await Harness.AppliedAsync();

        Applied.Should().ContainInOrder("Removed Groups[g]", "Added Groups[g]");
        (await LocalAsync("Groups")).Select(entry => entry.Key.ToString()).Should().BeEquivalentTo("g", "h");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task After_a_power_cut_the_calls_since_the_last_commit_are_made_again_with_the_mark()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Users(20));
        var target = new KilledTarget(10, "");
        await Harness.StartAsync(target, client => client.Model().Configure(options => options.MaxConcurrency = 1));
        await target.InFlight;
        Harness.State.CutPower();
        await Harness.StopAsync();

        await StartAsync();
        await Harness.AppliedAsync();

        Target.Calls.Should().Contain(call => target.Ended.Contains(call.Change.Key)).And.Contain(call => call.Change.Key == EntryKey.Of("20"));
        Target.Calls.Where(call => target.Ended.Contains(call.Change.Key)).Should().OnlyContain(call => call.IsRedelivery);
        await ShouldBeSettledAsync();
    }

    private static IEnumerable<Hermes.Events.AddedEvent> Users(int count) => Enumerable.Range(1, count).Select(id => Campus.User($"{id}", "ada"));

    private async Task<KilledTarget> KilledAsync(int atCall, int count, int maxConcurrency, string refused = "")
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Users(count));
        var target = new KilledTarget(atCall, refused);
        await Harness.StartAsync(target, client => client.Model().Configure(options => options.MaxConcurrency = maxConcurrency));
        await target.InFlight;
        await Harness.KillAsync();
        return target;
    }

    /// <summary>A target one call of which never comes back.</summary>
    private sealed class KilledTarget(int atCall, string refused) : IClientTarget
    {
        private readonly TaskCompletionSource _inFlight = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _calls;

        public List<EntryKey> Ended { get; } = [];

        public Task InFlight => _inFlight.Task;

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            if (++_calls >= atCall)
            {
                _inFlight.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            Ended.Add(change.Key);
            if (change.Key != EntryKey.Of(refused))
                return;
            await context.PrepareAsync("reserve", _ => ValueTask.CompletedTask, cancellationToken);
            throw new TargetException("refused", FaultKind.Permanent);
        }
    }
}
