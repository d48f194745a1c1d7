using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Notifications;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Control;
using Hermes.Testing.Notifications;

namespace Hermes.ClientRuntime.Tests.Control;

public sealed class ClientControlTests : ClientTest
{
    private readonly RecordingNotifier _notifier = new();

    [Fact]
    public async Task A_paused_client_applies_nothing_until_it_is_resumed()
    {
        await PopulatedAsync();
        await Harness.Control.PauseAsync();
        Harness.Control.Status.State.Should().Be(RunState.Paused);
        await Harness.SendAsync(Campus.User("2", "eve"));
        await Harness.Control.CountEntriesAsync();
        Target.Calls.Should().HaveCount(1);

        await Harness.Control.ResumeAsync();
        await Harness.AppliedAsync();
        Target.Calls.Should().HaveCount(2);
        Harness.Control.Status.PausedSince.Should().BeNull();
    }

    [Fact]
    public async Task The_error_queue_is_told_once_per_change_and_once_when_it_is_over()
    {
        await PopulatedAsync();
        Target.Fail();
        await Harness.SendAsync(Campus.User("2", "eve"));
        await Harness.AppliedAsync();
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(60));
        await RestartAsync();
        Target.Recover();
        await Harness.Control.RetryAllAsync();
        await Harness.AppliedAsync();

        var told = _notifier.About(NotificationTopic.ErrorQueue);
        told.Should().HaveCount(2);
        told[0].Current.Should().ContainSingle().Which.Should().Be("#1 Added Users[2] <Users[2]>: The target failed, as the test told it to.");
        told[1].IsOver.Should().BeTrue();
    }

    [Fact]
    public async Task A_discarded_event_comes_along_with_the_next_one_of_its_entry()
    {
        await PopulatedAsync();
        Target.Fail(times: 1);
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")));
        await Harness.AppliedAsync();
        var number = (await Harness.Control.ListErrorQueueAsync()).Items.Single().Number;
        (await Harness.Control.DiscardAsync(number)).Should().BeTrue();
        (await Harness.Control.DiscardAsync(number)).Should().BeFalse();

        await Harness.SendAsync(Campus.Changed("1", ("first", "Eve")));
        await Harness.AppliedAsync();

        Target.Applied[^1].Should().BeOfType<EntryModified>().Which.Changes.Modified.Should().Equal(Entry.Of(("login", "b"), ("display", "Eve Byron")));
    }

    [Fact]
    public async Task One_event_may_be_retried_alone()
    {
        await PopulatedAsync();
        Target.Fail();
        await Harness.SendAsync(Campus.User("2", "a"), Campus.User("3", "b"));
        await Harness.AppliedAsync();
        Target.Recover();

        (await Harness.Control.RetryAsync((await Harness.Control.ListErrorQueueAsync()).Items[1].Number)).Should().BePositive();
        (await QueueAsync()).Should().Equal("Added Users[2] 1");
        (await Harness.Control.RetryAsync(99)).Should().Be(0);
    }

    [Fact]
    public async Task The_interval_of_an_event_doubles_up_to_the_longest()
    {
        await PopulatedAsync(options =>
        {
            options.RetryInterval = TimeSpan.FromMinutes(10);
            options.LongestRetryInterval = TimeSpan.FromMinutes(25);
        });
        Target.Fail();
        await Harness.SendAsync(Campus.User("2", "a"));
        await Harness.AppliedAsync();
        var attempts = new List<int>();
        for (var i = 0; i < 9; i++)
        {
            await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
            attempts.Add((await Harness.Control.ListErrorQueueAsync()).Items[0].Attempts);
        }

        attempts.Should().Equal(2, 2, 3, 3, 3, 4, 4, 4, 5);
    }

    [Fact]
    public async Task A_target_that_does_not_answer_in_time_has_failed()
    {
        var slow = new SlowTarget();
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.StartAsync(slow, client => client.Model());
        await slow.Started.Task;
        Harness.Time.Advance(TimeSpan.FromMinutes(5));
        await Harness.AppliedAsync();
        (await Harness.Control.ListErrorQueueAsync()).Items.Single().Message.Should().Contain("did not answer within its time limit");
    }

    [Fact]
    public async Task A_transient_fault_is_repeated_before_the_queue_and_the_steps_are_kept()
    {
        Target = new() { Steps = ["one", "two"] };
        Target.Fail(step: "two", times: 2, exception: new TargetException("busy", FaultKind.Transient));
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(options => options.TargetRetryDelay = TimeSpan.Zero);
        await Harness.AppliedAsync();

        (await QueueAsync()).Should().BeEmpty();
        Target.Calls.Select(call => call.Attempt).Should().Equal(1, 2, 3);
        Target.CompletedSteps.Should().Equal("Users 1: one", "Users 1: two");
    }

    [Fact]
    public async Task A_stopped_client_refuses_requests()
    {
        await PopulatedAsync();
        await Harness.Control.StopAsync();
        var ask = async () => await Harness.Control.CountEntriesAsync();
        await ask.Should().ThrowAsync<NotRunningException>();
    }

    private async Task PopulatedAsync(Action<ClientRuntime.Configuration.ClientOptions>? configure = null)
    {
        Harness.Notifier = _notifier;
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(configure);
        await Harness.AppliedAsync();
    }

    private sealed class SlowTarget : IClientTarget
    {
        public TaskCompletionSource Started { get; } = new();

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            Started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
