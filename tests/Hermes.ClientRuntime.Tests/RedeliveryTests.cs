using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Events;
using Microsoft.Extensions.DependencyInjection;

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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_a_stop_cuts_off_is_delivered_again_and_what_was_done_is_not(int maxConcurrency)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await Harness.SendAsync(Campus.Changed("2", ("login", "b")), Campus.Changed("1", ("login", "a")), Campus.User("3", "cid"));
        var cutOff = new WaitingTarget(change => change is EntryModified && change.Key == EntryKey.Of("1"));
        await Harness.StartAsync(cutOff, client => client.Model().Configure(options => options.MaxConcurrency = maxConcurrency));
        await cutOff.InHandler;
        await Harness.StopAsync();

        await StartAsync(options => options.MaxConcurrency = maxConcurrency);
        await Harness.AppliedAsync();

        // Those that were with the target at the same time have no outcome yet.
        string[] again = ["Modified Users[1]", "Added Users[3]"];
        Applied.Should().Equal(maxConcurrency == 1 ? again : ["Modified Users[2]", .. again]);
        Target.Calls[0].IsRedelivery.Should().BeTrue();
        (await Harness.Control.ListDeadLettersAsync()).Should().BeEmpty();
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_schema_during_which_the_process_dies_is_taken_over_after_the_restart()
    {
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        await Harness.StopAsync();

        // The trashed user has no mail: it is purged first, and that is where the process dies.
        var byMail = Campus.Type("SRVUsers", ["id", "login", "first", "last", "mail", "pw"], ["login", "mail"], secrets: ["pw"]);
        await Harness.SendAsync(
            new ModifiedEvent("SRVUsers", EntryKey.Of("2"), new AttributeChanges(Entry.Of(("mail", "b@x")), Entry.Empty, [])),
            new DataSchemaEvent(new(byMail)));
        var cutOff = new WaitingTarget(change => change is EntryRemoved);
        await Harness.StartAsync(cutOff, client => client.Model().Configure(options => options.TrashbinRetention = TimeSpan.FromDays(1)));
        await cutOff.InHandler;
        await Harness.KillAsync();

        Target = new();
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.SendAsync(new RemovedEvent("SRVUsers", EntryKey.Of("bob", "b@x")));
        await Harness.AppliedAsync();

        Applied.Should().Equal("Removed Users[1]", "Trashed Users[(bob, b@x)]");
        (await Harness.Control.ListDeadLettersAsync()).Should().BeEmpty();
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
