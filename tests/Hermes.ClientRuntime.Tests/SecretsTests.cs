using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Hermes.Testing.Logging;
using Hermes.Testing.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests;

public sealed class SecretsTests : ClientTest
{
    private static void WithPassword(IHermesClientBuilder client) => client.DataType(
        "Users", type => type.From("SRVUsers").Map("login").Map("password", "pw").Map("hash", "{{ login ~ ':' ~ (pw | default('')) }}"));

    [Fact]
    public async Task Secrets_reach_the_target_and_nothing_else()
    {
        var logs = new RecordingLoggerProvider();
        var notifier = new RecordingNotifier();
        (Harness.Logs, Harness.Notifier) = (logs, notifier);
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync(model: WithPassword);
        Target.Fail(times: 1, exception: new TargetException("cannot set the password s3cret", FaultKind.Permanent));
        await Harness.SendAsync(Campus.User("1", "ada", password: "s3cret"));
        await Harness.AppliedAsync();

        var queued = (await Harness.Control.ListErrorQueueAsync()).Items.Should().ContainSingle().Subject;
        queued.Message.Should().Be("cannot set the password ***");
        queued.Entry!.Keys.Should().Equal("login");
        (await RemoteAsync("SRVUsers"))[0].Expected!.Entry.Keys.Should().NotContain("pw");

        await RestartAsync(model: WithPassword);
        await Harness.Control.RetryAllAsync();

        Target.Applied.Should().ContainSingle().Which.Should().BeOfType<EntryAdded>()
            .Which.Entry.Should().Equal(Entry.Of(("login", "ada"), ("password", "s3cret"), ("hash", "ada:s3cret")));
        (await LocalAsync("Users"))[0].Applied!.Entry.Keys.Should().Equal("login");
        logs.Lines.Should().NotContain(line => line.Contains("s3cret"));
        notifier.Notifications.SelectMany(told => told.Current.Concat(told.Previous)).Should().NotContain(line => line.Contains("s3cret"));
    }

    [Fact]
    public async Task A_template_that_reads_a_secret_is_evaluated_only_when_the_event_carries_it()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await StartAsync(model: WithPassword);
        await Harness.SendAsync(
            Campus.Changed("1", ("login", "b")),
            new Events.ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Of(("pw", "x")), Entry.Empty, [])),
            Campus.Changed("1", ("pw", "y")),
            new Events.ModifiedEvent("SRVUsers", EntryKey.Of("1"), new AttributeChanges(Entry.Empty, Entry.Empty, ["pw"])));
        await Harness.AppliedAsync();

        var changes = Target.Applied.OfType<EntryModified>().Select(change => change.Changes).ToArray();
        changes[0].Should().Be(new AttributeChanges(Entry.Empty, Entry.Of(("login", "b")), []));
        changes[1].Should().Be(new AttributeChanges(Entry.Of(("hash", "b:x"), ("password", "x")), Entry.Empty, []));
        changes[2].Should().Be(new AttributeChanges(Entry.Empty, Entry.Of(("hash", "b:y"), ("password", "y")), []));
        changes[3].Removed.Should().Contain("password");
    }
}
