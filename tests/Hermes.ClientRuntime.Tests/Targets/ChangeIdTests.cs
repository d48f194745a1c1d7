using System.Collections.Concurrent;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Targets;

public sealed class ChangeIdTests : IAsyncLifetime
{
    private readonly ClientHarness _harness = new();
    private readonly IdTarget _target = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Each_call_has_another_id()
    {
        await StartAsync(Campus.User("1", "ada"), Campus.User("2", "bob"));
        await _harness.SendAsync(Campus.Changed("1", ("login", "a")), Campus.Changed("1", ("login", "b")));
        await _harness.AppliedAsync();

        _target.Calls.Should().HaveCount(4);
        _target.Calls.Select(call => call.Id).Should().OnlyHaveUniqueItems().And.OnlyContain(id => id.Length == 32 && id.All(char.IsAsciiHexDigitLower));
    }

    [Fact]
    public async Task An_event_that_waits_keeps_its_id_over_retries_and_restarts()
    {
        _target.Fails = true;
        await StartAsync(Campus.User("1", "ada"));
        await _harness.Control.RetryAllAsync();
        await RestartAsync();
        _target.Fails = false;
        await _harness.Control.RetryAllAsync();

        _target.Calls.Should().HaveCount(3);
        _target.Calls.Select(call => call.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task A_redelivery_after_a_kill_has_the_id_of_the_call_that_was_broken_off()
    {
        await StartAsync();
        _target.Hangs = true;
        await _harness.SendAsync(Campus.User("1", "ada"));
        await _target.InCall;
        await _harness.KillAsync();

        _target.Hangs = false;
        await StartAgainAsync();

        _target.Calls.Should().HaveCount(2);
        _target.Calls.Select(call => call.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task A_retry_that_a_kill_broke_off_has_the_id_of_the_first_attempt()
    {
        _target.Fails = true;
        await StartAsync(Campus.User("1", "ada"));
        (_target.Fails, _target.Hangs) = (false, true);
        var retry = _harness.Control.RetryAllAsync();
        await _target.InCall;
        await _harness.KillAsync();
        await retry.Awaiting(task => task).Should().ThrowAsync<Exception>();

        _target.Hangs = false;
        await StartAgainAsync();
        await _harness.Control.RetryAllAsync();

        _target.Calls.Should().HaveCount(3);
        _target.Calls.Select(call => call.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task What_no_message_brought_keeps_its_id_too()
    {
        await StartAsync(TimeSpan.FromDays(1), Campus.User("1", "ada"));
        await _harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await _harness.AppliedAsync();

        _target.Fails = true;
        await _harness.AdvanceAsync(TimeSpan.FromDays(2));
        await RestartAsync();
        _target.Fails = false;
        await _harness.Control.RetryAllAsync();

        var removals = _target.Calls.Where(call => call.Change is EntryRemoved).Select(call => call.Id).ToList();
        removals.Count.Should().BeGreaterThan(1);
        removals.Distinct().Should().ContainSingle();
        _target.Calls.Where(call => call.Change is not EntryRemoved).Select(call => call.Id).Should().NotContain(removals[0]);
    }

    [Fact]
    public async Task Events_that_are_merged_have_the_id_of_the_latest_so_that_no_receiver_takes_them_for_what_it_has()
    {
        await StartAsync(Campus.User("1", "ada"));
        _target.Fails = true;
        await _harness.SendAsync(Campus.Changed("1", ("login", "b")));
        await _harness.AppliedAsync();
        await _harness.SendAsync(Campus.Changed("1", ("login", "c")));
        await _harness.AppliedAsync();
        _target.Fails = false;
        await _harness.Control.RetryAllAsync();

        var told = _target.Calls.Where(call => call.Change is EntryModified).ToList();
        told[^1].Change.Should().BeOfType<EntryModified>().Which.Entry["login"].Should().Be((Value)"c");
        told[..^1].Select(call => call.Id).Should().NotBeEmpty().And.NotContain(told[^1].Id);
    }

    [Fact]
    public void No_two_origins_types_kinds_or_clients_share_an_id()
    {
        LocalEvent Event(string type, EventOrigin origin) => new(type, EntryKey.Of("1"), LocalEventKind.Added, "SRV", null, null, EventSecrets.None) { Origin = origin };

        string[] ids =
        [
            ChangeIds.Of("a", Event("T", new("p", 11)), TargetChangeKind.Added),
            ChangeIds.Of("a", Event("T", new("p", 11)), TargetChangeKind.Modified),
            ChangeIds.Of("a", Event("T", new("p1", 1)), TargetChangeKind.Added),
            ChangeIds.Of("ap", Event("T", new("", 11)), TargetChangeKind.Added),
            ChangeIds.Of("a", Event("U", new("p", 11)), TargetChangeKind.Added),
            ChangeIds.Of("b", Event("T", new("p", 11)), TargetChangeKind.Added),
        ];

        ids.Should().OnlyHaveUniqueItems();
        ChangeIds.Of("a", Event("T", new("p", 11)), TargetChangeKind.Added).Should().Be(ids[0]);
    }

    private Task StartAsync(params Events.AddedEvent[] entries) => StartAsync(TimeSpan.Zero, entries);

    private async Task StartAsync(TimeSpan retention, params Events.AddedEvent[] entries)
    {
        await _harness.SendInitSyncAsync(Campus.Schema, entries);
        await StartAgainAsync(retention);
    }

    private async Task RestartAsync()
    {
        await _harness.StopAsync();
        await StartAgainAsync();
    }

    private async Task StartAgainAsync(TimeSpan retention = default)
    {
        await _harness.StartAsync(_target, client => client.Model().Configure(options =>
            (options.TrashbinRetention, options.Remediation) = (retention, RemediationPolicy.Maximum)));
        await _harness.AppliedAsync();
    }

    private sealed class IdTarget : IClientTarget
    {
        private readonly ConcurrentQueue<(TargetChange Change, string Id)> _calls = new();
        private readonly TaskCompletionSource _inCall = new();

        public bool Fails { get; set; }

        public bool Hangs { get; set; }

        public Task InCall => _inCall.Task;

        public IReadOnlyList<(TargetChange Change, string Id)> Calls => [.. _calls];

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            _calls.Enqueue((change, context.ChangeId));
            context.ChangeId.Should().Be(context.ChangeId);
            if (Hangs)
            {
                _inCall.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (Fails)
                throw new TargetException("It fails, as the test says.", FaultKind.Permanent);
        }
    }
}
