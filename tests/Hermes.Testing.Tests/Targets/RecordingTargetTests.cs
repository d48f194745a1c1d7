using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;

namespace Hermes.Testing.Tests.Targets;

public sealed class RecordingTargetTests
{
    private static readonly Entry Ada = ContractTypes.Person("ada", "Ada");
    private static readonly Entry Bob = ContractTypes.Person("bob", "Bob");

    [Fact]
    public async Task Calls_are_recorded_in_order_failed_ones_included()
    {
        var target = new RecordingTarget();
        target.Fail(change => change.Key == EntryKey.Of("bob"), times: 1);
        await target.ApplyAsync(ContractTypes.Added(Ada), new TestTargetContext(), default);
        var context = new TestTargetContext();
        var failing = async () => await target.ApplyAsync(ContractTypes.Added(Bob), context, default);
        await failing.Should().ThrowAsync<TargetException>();

        await target.ApplyAsync(ContractTypes.Added(Bob), context.Retry(), default);

        target.Calls.Select(call => call.ToString()).Should().Equal("Added People ada", "Added People bob failed", "Added People bob");
        target.Calls.Select(call => call.Attempt).Should().Equal(1, 1, 2);
        target.Applied.Should().HaveCount(2);
        target.Entries(ContractTypes.People).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_step_that_completed_is_not_run_again()
    {
        var target = new RecordingTarget { Steps = ["create", "enable"] };
        target.Fail(times: 1, step: "enable");
        var context = new TestTargetContext();
        var failing = async () => await target.ApplyAsync(ContractTypes.Added(Ada), context, default);
        await failing.Should().ThrowAsync<TargetException>();
        target.Entries(ContractTypes.People).Should().BeEmpty();

        await target.ApplyAsync(ContractTypes.Added(Ada), context.Retry(), default);

        target.CompletedSteps.Should().Equal("People ada: create", "People ada: enable");
        target.Entries(ContractTypes.People).Should().ContainSingle();
    }

    [Fact]
    public async Task A_test_can_wait_until_something_was_applied()
    {
        var target = new RecordingTarget();
        var applied = target.UntilAsync(seen => seen.Entries(ContractTypes.People).ContainsKey(EntryKey.Of("bob")), default);
        await target.ApplyAsync(ContractTypes.Added(Ada), new TestTargetContext(), default);
        applied.IsCompleted.Should().BeFalse();

        await target.ApplyAsync(ContractTypes.Added(Bob), new TestTargetContext(), default);

        await applied.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = new RecordingTarget().UntilAsync(_ => false, cancellation.Token);

        await cancellation.CancelAsync();

        var wait = () => waiting;
        await wait.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Start_and_saved_are_recorded()
    {
        var target = new RecordingTarget();

        await target.StartAsync(ContractTypes.All, default);
        await ((IClientTarget)target).SavedAsync(default);

        target.Types.Should().Equal(ContractTypes.All);
        target.Saves.Should().Be(1);
    }

    [Fact]
    public async Task A_failure_of_the_tests_own_is_thrown_until_taken_back()
    {
        var target = new RecordingTarget();
        target.Fail(exception: new TimeoutException("told"));
        var failing = async () => await target.ApplyAsync(ContractTypes.Added(Ada), new TestTargetContext(), default);
        await failing.Should().ThrowAsync<TimeoutException>();
        await failing.Should().ThrowAsync<TimeoutException>();

        target.Recover();

        await failing.Should().NotThrowAsync();
    }

    [Fact]
    public async Task The_context_for_tests_finds_what_the_test_gave_it()
    {
        var context = new TestTargetContext().With("People", EntryKey.Of("ada"), Ada).With("Others", EntryKey.Of("x"), Bob);

        (await context.FindAsync("People", EntryKey.Of("ada"), default)).Should().Equal(Ada);
        (await context.FindAsync("People", EntryKey.Of("x"), default)).Should().BeNull();
        var listed = new List<EntryKey>();
        await foreach (var (key, _) in context.ListAsync("Others", default))
            listed.Add(key);
        listed.Should().Equal(EntryKey.Of("x"));
    }
}
