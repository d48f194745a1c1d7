using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.ErrorQueue;

public sealed class RetryTests : ClientTest
{
    private static readonly TimeSpan AnInterval = TimeSpan.FromMinutes(61);

    [Fact]
    public async Task An_event_waits_one_interval_when_the_clock_is_set_back()
    {
        await FailingAsync();
        Harness.Clock.ShiftWallClock(TimeSpan.FromDays(-1));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(1));

        var attempt = (await Harness.Control.ListErrorQueueAsync()).Items[0].LastAttempt;
        attempt.Should().BeOnOrBefore(Harness.Time.GetUtcNow(), "an attempt is not made in the future");
        await Harness.AdvanceAsync(AnInterval);

        (await QueueAsync()).Should().Equal("Added Users[1] 2");
    }

    [Fact]
    public async Task An_event_waits_one_interval_after_the_start_when_the_clock_was_set_back_meanwhile()
    {
        await FailingAsync();
        await Harness.StopAsync();
        Harness.Clock.ShiftWallClock(TimeSpan.FromDays(-1));

        await StartAsync();
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal(["Added Users[1] 1"], "no interval is over");
        await RestartAsync();
        await Harness.AdvanceAsync(AnInterval);

        (await QueueAsync()).Should().Equal("Added Users[1] 2");
    }

    [Fact]
    public async Task An_event_whose_call_was_cut_off_and_that_then_has_to_wait_keeps_the_mark_of_a_redelivery()
    {
        // The removal of the user waits for the membership: it is queued without an attempt.
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await StartAsync();
        await Harness.AppliedAsync();
        Target.Fail();
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1", "Removed Users[1] 0");
        await Harness.StopAsync();

        // Without the policy it is free; its call never comes back.
        var cutOff = new CutOffTarget();
        await Harness.StartAsync(cutOff, client => client.Model().Configure(options => options.ForeignKeys = ForeignKeyPolicy.Disabled));
        await cutOff.Called;
        await Harness.KillAsync();

        Target = new();
        await StartAsync();
        await Harness.AppliedAsync();
        var waiting = (await Harness.Control.ListErrorQueueAsync()).Items[^1];
        waiting.Message.Should().Contain("which refers to it");
        await Harness.Control.RetryAllAsync();

        Target.Calls.Where(call => call.Failure is null).Select(call => ($"{call.Change.Kind} {call.Change.Type}", call.IsRedelivery))
            .Should().Equal(("Removed Members", false), ("Removed Users", true));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task Overdue_event_that_waits_for_another_keeps_the_client_busy_with_neither()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await StartAsync(options => options.ForeignKeys = ForeignKeyPolicy.Disabled);
        await Harness.AppliedAsync();
        Target.Fail();
        await Harness.SendAsync(Campus.Gone(Campus.Member("1", "g")), Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 1", "Removed Users[1] 1");

        // The first has waited for longer by now than the second, which waits for it.
        await RestartAsync(options => options.ForeignKeys = ForeignKeyPolicy.OnRemove);
        await Harness.AdvanceAsync(AnInterval);

        (await QueueAsync()).Should().Equal("Removed Members[(1, g)] 2", "Removed Users[1] 1");
        await Harness.AppliedAsync();
        await RecoverAsync();
    }

    private async Task FailingAsync()
    {
        await StartAsync();
        await Harness.SendInitSyncAsync(Campus.Schema);
        await Harness.AppliedAsync();
        Target.Fail();
        await Harness.SendAsync(Campus.User("1", "ada"));
        await Harness.AppliedAsync();
    }

    private sealed class CutOffTarget : IClientTarget
    {
        private readonly TaskCompletionSource _called = new();

        public Task Called => _called.Task;

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            _called.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
