using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Tests;

public sealed class RedeliveryTests : ClientTest
{
    [Fact]
    public async Task A_redelivery_that_fails_keeps_its_mark_until_it_succeeds()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await KillInHandlerAsync(_ => true);

        Target.Fail(times: 2);
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();
        await Harness.Control.RetryAllAsync();

        Target.Calls.Select(call => (call.Failure is null, call.IsRedelivery)).Should().Equal((false, true), (false, true), (true, true));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_redelivery_that_has_to_wait_keeps_its_mark()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")), Campus.Changed("1", ("login", "c")));
        await KillInHandlerAsync(change => change is EntryModified modified && modified.Entry["login"] == "c");

        Target = new();
        Target.Fail(times: 1);
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        // Whether the first change was committed before the kill or not, none that may have been delivered comes without the mark.
        Target.Calls.Should().NotBeEmpty().And.OnlyContain(call => call.IsRedelivery);
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_second_kill_takes_no_mark_from_events_that_were_delivered_before_the_first()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.User("3", "cid"));
        await StartAsync();
        await Harness.AppliedAsync();
        await Harness.StopAsync();
        await Harness.SendAsync(Campus.Changed("1", ("login", "a")), Campus.Changed("2", ("login", "b")), Campus.Changed("3", ("login", "c")));
        await KillInHandlerAsync(change => change.Key == EntryKey.Of("3"));
        await KillInHandlerAsync(_ => true);
        Target = new();

        await StartAsync();
        await Harness.AppliedAsync();

        // What was committed before the first kill is not delivered again at all; the last one never was.
        Target.Calls.Should().NotBeEmpty().And.OnlyContain(call => call.IsRedelivery);
    }

    private async Task KillInHandlerAsync(Func<TargetChange, bool> matches)
    {
        var target = new WaitingTarget(matches);
        await Harness.StartAsync(target, client => client.Model());
        await target.InHandler;
        await Harness.KillAsync();
    }

    // Never comes back from the call of an entry: its process is to be killed.
    private sealed class WaitingTarget(Func<TargetChange, bool> matches) : IClientTarget
    {
        private readonly TaskCompletionSource _inHandler = new();

        public Task InHandler => _inHandler.Task;

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            if (!matches(change))
                return;
            _inHandler.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
