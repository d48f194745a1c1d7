using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;
using Hermes.Events;
using Hermes.Runtime.Control;
using Hermes.Testing.Targets;

namespace Hermes.ClientRuntime.Tests;

public sealed class ClientLoopTests : IAsyncLifetime
{
    private readonly ClientHarness _harness = new();
    private readonly RecordingTarget _target = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    private Task StartAsync() => _harness.StartAsync(_target, client => client.Model());

    [Fact]
    public async Task A_new_client_starts_from_the_latest_complete_initsync()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "old"));
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.Group("g", "Maths"), Campus.Member("1", "g"));
        await _harness.SendAsync(new InitStartEvent(Campus.Schema), Campus.User("9", "incomplete"));

        await StartAsync();
        await _harness.AppliedAsync();

        _target.Applied.Select(change => $"{change.Kind} {change.Type}[{change.Key}]")
            .Should().Equal("Added Users[1]", "Added Groups[g]", "Added Members[(1, g)]", "Added Users[9]");
        _target.Entries("Users")[EntryKey.Of("1")].Should().Equal(Entry.Of(("login", "ada"), ("display", "Ada Byron")));
    }

    [Fact]
    public async Task A_client_waits_until_a_complete_initsync_is_on_the_bus()
    {
        await _harness.SendAsync(new InitStartEvent(Campus.Schema), Campus.User("9", "incomplete"));
        await StartAsync();
        await _harness.Control.CountEntriesAsync();
        _harness.Control.Status.State.Should().BeOneOf(RunState.WaitingForInitSync, RunState.Starting);

        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await _target.UntilAsync(target => target.Applied.Count == 1, CancellationToken.None);
        await _harness.AppliedAsync();

        _target.Entries("Users").Keys.Should().Equal(EntryKey.Of("1"));
    }

    [Fact]
    public async Task Changes_arrive_as_the_client_maps_them()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        await _harness.SendAsync(Campus.Changed("1", ("last", "Lovelace")), Campus.Changed("1", ("mail", "a@x")), Campus.Gone(Campus.User("1", "")));
        await _harness.AppliedAsync();

        _target.Applied.Should().HaveCount(3, "a change that no mapping reads is not delivered");
        var modified = _target.Applied[1].Should().BeOfType<EntryModified>().Subject;
        modified.Changes.Should().Be(new AttributeChanges(Entry.Empty, Entry.Of(("display", "Ada Lovelace")), []));
        modified.Previous.Get("display").Should().Be((Value)"Ada Byron");
        _target.Applied[2].Should().BeOfType<EntryRemoved>().Which.Previous.Get("display").Should().Be((Value)"Ada Lovelace");
        (await _harness.Control.CountEntriesAsync()).Should().OnlyContain(type => type.Live == 0);
    }

    [Fact]
    public async Task A_restart_goes_on_where_the_client_stopped()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync();
        await _harness.AppliedAsync();
        await _harness.StopAsync();
        await _harness.SendAsync(Campus.User("2", "eve"));

        await StartAsync();
        await _harness.AppliedAsync();

        _target.Calls.Select(call => (call.Change.Key, call.IsRedelivery)).Should().Equal((EntryKey.Of("1"), false), (EntryKey.Of("2"), false));
    }

    [Fact]
    public async Task A_kill_between_handler_and_commit_makes_the_event_a_redelivery()
    {
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        var inHandler = new TaskCompletionSource();
        var killed = new TaskCompletionSource();
        await _harness.StartAsync(new StoppingTarget(inHandler, killed.Task), client => client.Model());
        await inHandler.Task;
        _harness.State.Kill();
        killed.SetResult();
        await _harness.StopAsync();

        await StartAsync();
        await _harness.AppliedAsync();

        _target.Calls.Should().ContainSingle().Which.IsRedelivery.Should().BeTrue();
    }

    [Fact]
    public async Task A_failed_event_waits_in_the_queue_and_is_applied_when_it_is_retried()
    {
        await _harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync();
        _target.Fail(change => change.Key == EntryKey.Of("1"), times: 1);
        await _harness.SendAsync(Campus.User("1", "ada"), Campus.User("2", "eve"), Campus.Changed("1", ("login", "ada2")));
        await _harness.AppliedAsync();

        var queue = (await _harness.Control.ListErrorQueueAsync()).Items;
        queue.Select(queued => (queued.Kind, queued.Attempts)).Should().Equal((LocalEventKind.Added, 1), (LocalEventKind.Modified, 0));
        var views = (await _harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).Items;
        views[0].Applied.Should().BeNull();
        views[0].Expected!.Entry.Get("login").Should().Be((Value)"ada2");

        await _harness.AdvanceAsync(TimeSpan.FromMinutes(60));

        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
        _target.Applied.Select(change => $"{change.Kind} {change.Key}").Should().Equal("Added 2", "Added 1", "Modified 1");
        _target.Calls.Single(call => call.Change.Kind == TargetChangeKind.Added && call.Attempt == 2).IsRedelivery.Should().BeFalse();
        views = (await _harness.Control.ListEntriesAsync(EntryTable.Local("Users"))).Items;
        views.Should().OnlyContain(entry => entry.Applied == entry.Expected);
        (await _harness.Control.ListEntriesAsync(EntryTable.Remote("SRVUsers"))).Items.Should().OnlyContain(entry => entry.Applied == entry.Expected);
    }

    [Fact]
    public async Task The_queue_survives_a_restart_with_its_steps()
    {
        var target = new RecordingTarget { Steps = ["create", "enable"] };
        target.Fail(step: "enable", times: 1);
        await _harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await _harness.StartAsync(target, client => client.Model());
        await _harness.AppliedAsync();
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle().Which.IsPartiallyProcessed.Should().BeTrue();
        await _harness.StopAsync();

        await _harness.StartAsync(target, client => client.Model());
        await _harness.Control.RetryAllAsync();

        target.CompletedSteps.Should().Equal("Users 1: create", "Users 1: enable");
        (await _harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
    }

    private sealed class StoppingTarget(TaskCompletionSource inHandler, Task goOn) : IClientTarget
    {
        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            inHandler.TrySetResult();
            await goOn;
        }
    }
}
