using Hermes.Abstractions.Notifications;
using Hermes.Diff.Model;
using Hermes.Runtime.Control;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Control;

public sealed class ControlTests : IAsyncLifetime
{
    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public ControlTests() => _users = _source.Table("users", "id", "name", "pin").Add(1, "Ada", "1").Add(2, "Bob", "2");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Server_polls_at_every_interval()
    {
        await _harness.StartAsync(Describe);
        var waiting = _harness.Control.Status;
        waiting.State.Should().BeOneOf(RunState.Waiting, RunState.Working);
        _users.Set(1, "name", "Ada King");

        await Until(() => _harness.Control.Status.State == RunState.Waiting && _harness.Clock.WaitingTimers > 0);
        _harness.Control.Status.NextUpdate.Should().Be(_harness.Time.GetUtcNow() + TimeSpan.FromHours(1));
        _harness.Time.Advance(TimeSpan.FromHours(1));
        await Until(() => _harness.Events.Count == 1);

        EventLines.Of(_harness.TakeEvents()).Should().Equal("modified Users 1: name=\"Ada King\"");
    }

    [Fact]
    public async Task Wall_clock_that_is_set_back_does_not_put_the_next_poll_off()
    {
        await _harness.StartAsync(Describe);
        _harness.Clock.ShiftWallClock(TimeSpan.FromDays(-400));
        await _harness.Control.PreviewAsync();
        _users.Set(1, "name", "Ada King");

        await Until(() => _harness.Control.Status.State == RunState.Waiting && _harness.Clock.WaitingTimers > 0);
        _harness.Time.Advance(TimeSpan.FromHours(1));
        await Until(() => _harness.Events.Count == 1);
    }

    [Fact]
    public async Task Cached_types_show_before_the_first_poll_of_a_run_succeeds()
    {
        await _harness.StartAsync(Describe);
        _users.Fail();

        (await _harness.StartAsync(Describe)).Succeeded.Should().BeFalse();

        _harness.Control.Status.Types.Should().ContainSingle().Which.Entries.Should().Be(2);
    }

    [Fact]
    public async Task Paused_server_does_not_poll_until_it_is_resumed()
    {
        await _harness.StartAsync(Describe);
        await _harness.Control.PauseAsync();
        _harness.Control.Status.State.Should().Be(RunState.Paused);
        _harness.Control.Status.PausedSince.Should().Be(_harness.Time.GetUtcNow());
        var fetches = _source.Fetches.Count;
        _harness.Time.Advance(TimeSpan.FromHours(5));
        var update = () => _harness.Control.UpdateAsync();
        await update.Should().ThrowAsync<InvalidOperationException>().WithMessage("*paused*");
        _source.Fetches.Should().HaveCount(fetches);

        await _harness.Control.ResumeAsync();

        await Until(() => _source.Fetches.Count > fetches);
        _harness.Control.Status.PausedSince.Should().BeNull();
    }

    [Fact]
    public async Task Preview_tells_what_a_poll_would_send_and_sends_and_stores_nothing()
    {
        await _harness.StartAsync(Describe);
        _users.Set(1, "name", "Ada King");
        _users.Set(2, "pin", "9");
        _users.Add(3, "Cid", "3");
        var header = _harness.State.Header;

        var preview = await _harness.Control.PreviewAsync();

        preview.IsFirstPoll.Should().BeFalse();
        var users = preview.Types.Should().ContainSingle().Subject;
        (users.AddedCount, users.ModifiedCount, users.RemovedCount).Should().Be((1, 2, 0));
        preview.ToString().ReplaceLineEndings("\n").Should().Be(
            """
            Users: 1 added, 2 modified, 0 removed
              added Cid (3): +id=3, +name=Cid, +pin=********
              modified Ada King (1): name=Ada King
              modified <Users[2]>: pin=********

            """.ReplaceLineEndings("\n"));
        _harness.Events.Should().BeEmpty();
        _harness.State.Header.Should().BeSameAs(header);

        await _harness.UpdateAsync();
        EventLines.Of(_harness.TakeEvents()).Should().HaveCount(3);
    }

    [Fact]
    public async Task Preview_counts_all_and_describes_as_many_as_asked_for()
    {
        await _harness.StartAsync(Describe);
        for (var i = 10; i < 30; i++)
            _users.Add(i, "new", "0");

        var users = (await _harness.Control.PreviewAsync(maxChangesPerType: 3)).Types[0];

        users.AddedCount.Should().Be(20);
        users.Added.Should().HaveCount(3);
    }

    [Fact]
    public async Task Preview_of_a_failing_source_throws_and_the_server_goes_on()
    {
        await _harness.StartAsync(Describe);
        _users.Fail();

        var preview = () => _harness.Control.PreviewAsync();

        await preview.Should().ThrowAsync<Abstractions.Sources.SourceException>();
        _users.Recover();
        (await _harness.UpdateAsync()).Error.Should().BeNull();
    }

    [Fact]
    public async Task Preview_says_that_removals_would_wait()
    {
        for (var i = 10; i < 200; i++)
            _users.Add(i, "x", "0");
        await _harness.StartAsync(Describe);
        _users.Clear();

        var preview = await _harness.Control.PreviewAsync();

        preview.RemovalsWouldWait.Should().BeTrue();
        preview.Types[0].RemovedCount.Should().Be(192);
        (await _harness.UpdateAsync()).Held.Should().Be(192);
    }

    [Fact]
    public async Task Stopped_server_refuses_requests_and_frees_its_state()
    {
        await _harness.StartAsync(Describe);
        var control = _harness.Control;

        await control.StopAsync();

        await Until(() => control.Status.State == RunState.Stopped);
        var update = () => control.UpdateAsync();
        await update.Should().ThrowAsync<NotRunningException>().WithMessage("*server campus is not running*");
        (await _harness.StartAsync(Describe)).Error.Should().BeNull();
    }

    [Fact]
    public async Task Status_tells_what_happened_and_survives_a_restart()
    {
        await _harness.StartAsync(Describe);
        _harness.Time.Advance(TimeSpan.FromMinutes(5));
        _users.Add(3, "Cid", "3").Add(4, "Dan", "4");
        _users.Remove(1);
        await _harness.UpdateAsync();
        var changed = _harness.Time.GetUtcNow();

        await _harness.StartAsync(Describe);

        var status = _harness.Control.Status;
        status.Name.Should().Be("campus");
        status.LastUpdate.Should().Be(changed);
        status.OutboxLength.Should().Be(0);
        var users = status.Types.Should().ContainSingle().Subject;
        users.Entries.Should().Be(3);
        users.LastAdded.Should().Be(new ChangeCount(changed, 2));
        users.LastRemoved.Should().Be(new ChangeCount(changed, 1));
    }

    [Fact]
    public async Task Requests_from_many_threads_are_served_one_after_the_other()
    {
        await _harness.StartAsync(Describe);
        _users.Set(1, "name", "Ada King");

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            _ = _harness.Control.Status.Types.Length;
            return i % 2 == 0 ? (await _harness.Control.UpdateAsync()).Modified : (await _harness.Control.PreviewAsync()).Types[0].ModifiedCount * 0;
        })));

        results.Sum().Should().Be(1);
        EventLines.Of(_harness.TakeEvents()).Should().ContainSingle();
    }

    [Fact]
    public async Task Failure_is_told_once_and_once_when_it_is_over_and_tried_again_with_back_off()
    {
        await _harness.StartAsync(Describe);
        _users.Fail();
        (await _harness.UpdateAsync()).Error.Should().Contain("broke off");
        _harness.Control.Status.IsFailing.Should().BeTrue();
        _harness.Control.Status.LastError!.Message.Should().Contain("Users").And.Contain("hr");
        await AdvanceUntil(() => _source.Fetches.Count >= 6);
        _harness.Notifier.About(NotificationTopic.Failure).Should().ContainSingle();

        _users.Recover();
        await AdvanceUntil(() => !_harness.Control.Status.IsFailing);

        _harness.Notifier.About(NotificationTopic.Failure).Select(notification => notification.IsOver).Should().Equal(false, true);
    }

    [Fact]
    public async Task Data_errors_are_notified_once_per_change_and_once_when_over()
    {
        await _harness.StartAsync(Describe);
        _users.Add(2, "Bob again", "0");
        await _harness.UpdateAsync();
        await _harness.UpdateAsync();
        _users.Add(1, "Ada again", "0");
        await _harness.UpdateAsync();
        _users.Remove(1, "Ada again");
        _users.Remove(2, "Bob again");
        await _harness.UpdateAsync();

        var told = _harness.Notifier.About(NotificationTopic.DataErrors);
        told.Select(notification => notification.Current.Count).Should().Equal(1, 2, 0);
        told[0].Current.Should().Equal("<Users[2]>: the key stands twice in source hr");
        told[1].Difference.Should().Equal("+ <Users[1]>: the key stands twice in source hr");
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_are_told_with_the_reason_while_all_others_go_on()
    {
        await _harness.StartAsync(server => server
            .AddInMemorySource("hr", _source)
            .DataType("Users", type => type
                .Key("id")
                .From("hr", source => source.Fetch("users").Map("id").Map("name").Map("pin", "{{ pin | int + 1 / (pin | int) }}").OnBadRow(BadRowPolicy.KeepCached))));
        _users.Set(1, "pin", "0");
        _users.Set(2, "name", "Bob again");
        await _harness.UpdateAsync();

        EventLines.Of(_harness.TakeEvents()).Should().Equal("modified Users 2: name=\"Bob again\"");
        var bad = _harness.Control.Status.Types[0].BadRows;
        (bad.Count, bad.First[0]).Should().Be((1, "<Users[1]> in pin"));
        _users.Set(1, "pin", "3");
        await _harness.UpdateAsync();

        var told = _harness.Notifier.About(NotificationTopic.DataErrors);
        told.Select(notification => notification.Current.Count).Should().Equal(1, 0);
        told[0].Current[0].Should().StartWith("<Users[1]> in pin: a row of source hr cannot be used: ");
        EventLines.Of(_harness.TakeEvents()).Should().ContainSingle().Which.Should().StartWith("modified Users 1: pin=");
    }

    [Fact]
    public async Task Long_values_are_cut_where_people_read_them()
    {
        await _harness.StartAsync(server => Describe(server.Configure(options => options.MaxLoggedValueLength = 20)));
        var key = new string('k', 500);
        _users.Add(key, "twice", "0").Add(key, "twice", "0");

        await _harness.UpdateAsync();

        var shown = _harness.Control.Status.Types[0].Inconsistencies.First.Should().ContainSingle().Subject;
        shown.Should().Be("<Users[kkkkkkkkkkkkk... (509 characters)");
        _harness.Log.Lines.Should().NotContain(line => line.Contains(key));
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    // Back-off has jitter, so time passes in steps until what is awaited happens.
    private async Task AdvanceUntil(Func<bool> condition)
    {
        while (!condition())
        {
            if (_harness.Clock.WaitingTimers > 0)
                _harness.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
    }

    private void Describe(IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type
            .Key("id")
            .From("hr", source => source.Fetch("users").MapAll("id", "name", "pin"))
            .Secret("pin")
            .DisplayAs("{{ name }} ({{ id }})"));
}
