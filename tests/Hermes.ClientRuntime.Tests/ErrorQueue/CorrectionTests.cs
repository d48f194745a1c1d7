using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.ErrorQueue;

/// <summary>The target refuses a value. Once the source has another one, the next retry ends the error, whatever happened in between.</summary>
public sealed class CorrectionTests : ClientTest
{
    [Theory]
    [InlineData(RemediationPolicy.Conservative)]
    [InlineData(RemediationPolicy.Maximum)]
    public async Task A_correction_heals_what_waited_when_the_model_changed(RemediationPolicy policy)
    {
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync(options => options.Remediation = policy);
        Refuse("bad");
        await Harness.SendAsync(Campus.User("1", "bad"));
        await Harness.AppliedAsync();
        await RestartAsync(options => options.Remediation = policy, WithFirst);

        await Harness.SendAsync(Campus.Changed("1", ("login", "good")));
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")].Should().Equal(Entry.Of(("login", "good"), ("first", "Ada")));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_waits_is_merged_by_a_policy_that_is_new()
    {
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync();
        Refuse("bad");
        await Harness.SendAsync(Campus.User("1", "bad"), Campus.Changed("1", ("login", "good")));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().HaveCount(2);

        await RestartAsync(options => options.Remediation = RemediationPolicy.Conservative);
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")]["login"].Should().Be((Value)"good");
        await ShouldBeSettledAsync();
    }

    [Theory]
    [InlineData(RemediationPolicy.Conservative)]
    [InlineData(RemediationPolicy.Maximum)]
    public async Task A_correction_heals_what_a_stop_cut_off_in_the_middle_of_a_retry(RemediationPolicy policy)
    {
        await StoppedInRetryAsync(policy, Campus.User("1", "bad"));

        (await Harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle().Which.IsInFlight.Should().BeFalse("the target has refused it since");
        await Harness.SendAsync(Campus.Changed("1", ("login", "good")));
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")]["login"].Should().Be((Value)"good");
        Target.Calls[^1].IsRedelivery.Should().BeTrue("what the call that was cut off did is still not known");
        await ShouldBeSettledAsync();
    }

    [Theory]
    [InlineData(RemediationPolicy.Conservative)]
    [InlineData(RemediationPolicy.Maximum)]
    public async Task A_correction_heals_what_a_stop_cut_off_before_the_model_changed(RemediationPolicy policy)
    {
        await StoppedInRetryAsync(policy, Campus.User("1", "bad"), WithFirst);

        await Harness.SendAsync(Campus.Changed("1", ("login", "good")));
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")].Should().Equal(Entry.Of(("login", "good"), ("first", "Ada")));
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task What_a_call_that_was_cut_off_may_have_added_is_removed_when_the_entry_goes()
    {
        await StoppedInRetryAsync(RemediationPolicy.Maximum, Campus.User("1", "bad"));

        await Harness.SendAsync(Campus.Gone(Campus.User("1", "")));
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        Target.Calls[^1].Change.Should().BeOfType<EntryRemoved>();
        Target.Calls[^1].IsRedelivery.Should().BeTrue();
        await ShouldBeSettledAsync();
    }

    [Theory]
    [InlineData(RemediationPolicy.Conservative)]
    [InlineData(RemediationPolicy.Maximum)]
    public async Task What_a_call_that_was_cut_off_may_have_changed_is_changed_back(RemediationPolicy policy)
    {
        await StoppedInRetryAsync(policy, Campus.Changed("9", ("login", "bad"), ("first", "Eve")));

        await Harness.SendAsync(Campus.Changed("9", ("login", "ida")));
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        var changes = Target.Applied[^1].Should().BeOfType<EntryModified>().Subject.Changes;
        changes.Modified.Should().Equal(Entry.Of(("login", "ida"), ("display", "Eve Byron")));
        Target.Calls[^1].IsRedelivery.Should().BeTrue();
        await ShouldBeSettledAsync();
    }

    [Theory]
    [InlineData(RemediationPolicy.Conservative)]
    [InlineData(RemediationPolicy.Maximum)]
    public async Task A_correction_heals_what_a_template_failed_on(RemediationPolicy policy)
    {
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync(options => options.Remediation = policy, Quotient);
        await Harness.SendAsync(Campus.User("1", "0"));
        await Harness.AppliedAsync();
        (await QueueAsync()).Should().HaveCount(1);

        await Harness.SendAsync(Campus.Changed("1", ("login", "5")));
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")]["share"].ToString().Should().StartWith("2");
        await ShouldBeSettledAsync();
    }

    [Fact]
    public async Task A_correction_heals_what_a_template_failed_on_behind_what_the_target_refuses()
    {
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync(options => options.Remediation = RemediationPolicy.Conservative, Quotient);
        Target.Fail(change => change is EntryAdded { Entry: var entry } && entry["share"].ToString().StartsWith('5'));
        await Harness.SendAsync(Campus.User("1", "2"), Campus.Changed("1", ("login", "0")), Campus.Changed("1", ("login", "5")));
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        Target.Entries("Users")[EntryKey.Of("1")]["share"].ToString().Should().StartWith("2");
        await ShouldBeSettledAsync();
    }

    private static void WithFirst(IHermesClientBuilder client) => client.DataType("Users", type => type.From("SRVUsers").Map("login").Map("first"));

    private static void Quotient(IHermesClientBuilder client) => client.DataType("Users", type => type.From("SRVUsers").Map("share", "{{ 10 / (login | int) }}"));

    private void Refuse(string login) => Target.Fail(change => change switch
    {
        EntryAdded added => added.Entry["login"] == (Value)login,
        EntryModified modified => modified.Entry["login"] == (Value)login,
        _ => false,
    });

    // The call never comes back, and the client is stopped; after the next start, the target refuses it.
    private async Task StoppedInRetryAsync(RemediationPolicy policy, EntryEvent refused, Action<IHermesClientBuilder>? modelThen = null)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("9", "ida"));
        await StartAsync(options => options.Remediation = policy);
        Refuse("bad");
        await Harness.SendAsync(refused);
        await Harness.AppliedAsync();
        await Harness.StopAsync();

        var cutOff = new CutOffTarget();
        await Harness.StartAsync(cutOff, client => client.Model().Configure(options => options.Remediation = policy));
        var retry = Harness.Control.RetryAllAsync();
        await cutOff.Called;
        await Harness.StopAsync();
        await retry.ContinueWith(ended => ended.Exception, TaskScheduler.Default);

        await StartAsync(options => options.Remediation = policy, modelThen);
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();
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
