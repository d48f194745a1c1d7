using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Hermes.Testing.Logging;

namespace Hermes.ClientRuntime.Tests.Control;

public sealed class ActionTests : ClientTest
{
    private static readonly DecidedBy Eve = new("eve", "the certificate is new");

    [Fact]
    public async Task Failures_are_grouped_by_what_they_have_in_common()
    {
        await WithTwoGroupsAsync();

        var groups = (await Harness.Control.ListFailureGroupsAsync(new ListQuery { WithTotal = true })).Items;

        groups.Select(group => (group.Count, group.Exception, group.Message)).Should().Equal(
            (20, nameof(InvalidOperationException), "The certificate of * has expired."), (5, nameof(TimeoutException), "No answer."));
        groups[0].First.Should().Be(Harness.Time.GetUtcNow());
        groups[0].Last.Should().Be(Harness.Time.GetUtcNow());
        groups[0].Example.Key.Should().Be(EntryKey.Of("1"));
        groups[0].ToString().Should().StartWith("20 events: The certificate of * has expired. (InvalidOperationException, ");
        (await Harness.Control.ListErrorQueueAsync(new ListQuery { Filter = new ListFilter { Group = groups[1].Group } })).Items.Should().HaveCount(5);
        (await Harness.Control.ListFailureGroupsAsync(new ListQuery { Filter = new ListFilter { Text = "certificate" } })).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task Groups_are_the_same_after_a_restart()
    {
        await WithTwoGroupsAsync();
        var before = (await Harness.Control.ListFailureGroupsAsync()).Items;
        await Harness.Control.PauseAsync();
        await Harness.KillAsync();
        await StartAsync();
        await Harness.Control.PauseAsync();

        (await Harness.Control.ListFailureGroupsAsync()).Items.Select(group => group.ToString()).Should().Equal(before.Select(group => group.ToString()));
    }

    [Fact]
    public async Task A_group_is_retried_and_the_others_are_left_alone()
    {
        await WithTwoGroupsAsync();
        var group = (await Harness.Control.ListFailureGroupsAsync()).Items[0];
        Target.Recover();

        var ended = await (await Harness.Control.RetryAsync(EventSelection.OfGroup(group.Group), Eve)).Completion;

        (ended.State, ended.Done, ended.Passed, ended.Total, ended.By).Should().Be((OperationState.Completed, 20, 20, 20, Eve));
        (await Harness.Control.ListFailureGroupsAsync()).Items.Should().ContainSingle().Which.Count.Should().Be(5);
    }

    [Fact]
    public async Task A_group_is_discarded_with_who_and_why_in_the_log_and_in_the_record()
    {
        using var logs = new RecordingLoggerProvider();
        Harness.Logs = logs;
        await WithTwoGroupsAsync();
        var group = (await Harness.Control.ListFailureGroupsAsync()).Items[1];

        var operation = await Harness.Control.DiscardAsync(EventSelection.OfGroup(group.Group), Eve);
        var ended = await operation.Completion;

        (ended.Done, ended.State).Should().Be((5, OperationState.Completed));
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().HaveCount(20);
        logs.Lines.Should().Contain(message => message.Contains("was discarded from the error queue, by eve: the certificate is new", StringComparison.Ordinal));
        (await Harness.Control.Operations.ListAsync()).Items.Should().Equal(ended);
        Harness.Control.Operations.Find(operation.Id).Should().BeSameAs(operation);
        (await Harness.Control.Operations.ListAsync(new ListQuery { Filter = new ListFilter { State = "Running" } })).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Events_that_are_named_are_discarded_and_those_that_are_not_there_passed_over()
    {
        await WithTwoGroupsAsync();
        var numbers = (await Harness.Control.ListErrorQueueAsync(new ListQuery { Size = 3 })).Items.Select(queued => queued.Number);

        var ended = await (await Harness.Control.DiscardAsync(EventSelection.Of([.. numbers, 4711]), Eve)).Completion;

        (ended.Done, ended.Passed, ended.Total).Should().Be((3, 4, 4));
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().HaveCount(22);
    }

    [Fact]
    public async Task A_retry_that_is_cancelled_leaves_the_rest_in_the_queue()
    {
        await WithTwoGroupsAsync();
        using var cancelled = new ManualResetEventSlim();
        Target.Recover();
        Target.Fail(_ =>
        {
            cancelled.Wait();
            return false;
        });
        var operation = await Harness.Control.RetryAsync(EventSelection.All, Eve);
        operation.Cancel();
        cancelled.Set();

        var ended = await operation.Completion;

        ended.State.Should().Be(OperationState.Cancelled);
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().HaveCount(25 - (int)ended.Done);
    }

    [Fact]
    public async Task The_trashbin_is_purged_by_a_filter()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.Group("10", "a"));
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")), Campus.Gone(Campus.User("2", "")), Campus.Gone(Campus.Group("10", "")));
        await Harness.AppliedAsync();

        var ended = await (await Harness.Control.PurgeAsync(TrashSelection.Where(new ListFilter { Type = "SRVUsers" }), Eve)).Completion;

        ended.Done.Should().Be(2);
        (await Harness.Control.ListTrashbinAsync()).Items.Select(entry => entry.RemoteType).Should().Equal("SRVGroups");
    }

    [Fact]
    public async Task Who_asks_for_what_cannot_be_done_is_told_at_once()
    {
        await WithTwoGroupsAsync();
        await Harness.Control.Invoking(control => control.DiscardAsync(EventSelection.Where(new ListFilter { Kind = "Deleted" }), Eve)).Should().ThrowAsync<ArgumentException>();
        await Harness.Control.PauseAsync();

        await Harness.Control.Invoking(control => control.RetryAsync(EventSelection.All, Eve)).Should().ThrowAsync<ArgumentException>().WithMessage("*is paused*");
        FluentActions.Invoking(() => new DecidedBy("eve", " ")).Should().Throw<ArgumentException>();
        (await Harness.Control.Operations.ListAsync()).Items.Should().BeEmpty();
    }

    private async Task WithTwoGroupsAsync()
    {
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync();
        await Harness.AppliedAsync();
        foreach (var id in Enumerable.Range(1, 20))
            Target.Fail(change => change.Key == EntryKey.Of($"{id}"), exception: new InvalidOperationException($"The certificate of 'host {id}' has expired."));
        Target.Fail(exception: new TimeoutException("No answer."));
        await Harness.SendAsync([.. Enumerable.Range(1, 25).Select(id => Campus.User($"{id}", $"user{id}"))]);
        await Harness.AppliedAsync();
    }
}
