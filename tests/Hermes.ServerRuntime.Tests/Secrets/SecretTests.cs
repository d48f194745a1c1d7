using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Hermes.Testing.Buses;
using Hermes.Testing.Server;
using Hermes.Testing.Sources;
using Hermes.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ServerRuntime.Tests.Secrets;

/// <summary>Looks for the values of secrets wherever a server writes something, and finds them on the bus alone.</summary>
public sealed class SecretTests : IAsyncLifetime
{
    private const string Secret = "pässwörd-7391-zebra";

    private readonly InMemorySource _source = new();
    private readonly InMemoryTable _users;
    private readonly ServerHarness _harness = new();

    public SecretTests() => _users = _source.Table("users", "id", "name", "password").Add(1, "Ada", Secret).Add(2, "Bob", Value.Null);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Secret_is_sent_and_shows_nowhere_else()
    {
        var told = new ConcurrentQueue<string>();
        using var activities = Listen(told);
        using var metrics = ListenToMetrics(told);

        await _harness.StartAsync(Describe);
        await _harness.Control.InitSyncAsync();
        EventLines.Of(_harness.TakeEvents())[^1].Should().Be($"modified Users 1: +password=\"{Secret}\"");
        _users.Set(2, "password", Secret + "2");
        var preview = await _harness.Control.PreviewAsync();
        await _harness.UpdateAsync();
        EventLines.Of(_harness.TakeEvents()).Should().Equal($"modified Users 2: +password=\"{Secret}2\"");
        _users.Add(3, "Cid", Secret + "3").Add(3, "Cid", Secret + "3");
        await _harness.UpdateAsync();
        _users.Set(1, "password", ValueMap.Create([new("a", Secret)]));
        _users.Fail(after: 1, new SourceException("The source broke off.", Abstractions.FaultKind.Transient));
        await _harness.UpdateAsync();

        var texts = new List<string>(told)
        {
            preview.ToString(),
            string.Concat(preview.Types.SelectMany(type => type.Modified).SelectMany(change => change.Changes.Added.Values)),
            JsonSerializer.Serialize(_harness.Control.Status),
            JsonSerializer.Serialize(_harness.Notifier.Notifications),
            _harness.State.Header!.Status,
            Stored(),
        };
        texts.AddRange(_harness.Log.Lines);
        texts.Where(text => text.Contains("7391", StringComparison.Ordinal) || text.Contains("zebra", StringComparison.Ordinal)).Should().BeEmpty();
        told.Should().NotBeEmpty("the search must have something to search in");
        preview.ToString().Should().Contain("********");
    }

    [Fact]
    public async Task Secret_that_is_cleared_while_the_server_is_down_is_told_as_removed()
    {
        await _harness.StartAsync(Describe);
        _users.Add(4, "Dan", Secret + "4");
        await _harness.UpdateAsync();
        await _harness.StopAsync();
        _harness.TakeEvents();
        _users.Set(1, "password", Value.Null);

        await _harness.StartAsync(Describe);

        EventLines.Of(_harness.TakeEvents()).Should().Equal($"modified Users 4: +password=\"{Secret}4\"", "modified Users 1: -password");
    }

    [Fact]
    public async Task Events_with_secrets_wait_in_the_outbox_without_them()
    {
        await _harness.StartAsync(Describe);
        _harness.Bus.FailNextSends(1);
        _users.Add(3, "Cid", Secret);

        (await _harness.UpdateAsync()).Succeeded.Should().BeFalse();
        _harness.State.Outbox.Should().ContainSingle();
        Stored().Should().Contain("Cid").And.NotContain("7391");

        (await _harness.UpdateAsync()).Error.Should().BeNull();
        EventLines.Of(_harness.TakeEvents()).Should().Equal($"added Users 3: id=3 name=\"Cid\" password=\"{Secret}\"");
    }

    [Fact]
    public async Task After_a_kill_the_event_goes_out_without_its_secret_under_the_same_id_and_the_next_poll_brings_it()
    {
        await _harness.StartAsync(Describe);
        _harness.Bus.FailNextSends(1);
        _users.Add(3, "Cid", Secret);
        await _harness.UpdateAsync();
        var waiting = _harness.State.Outbox.Single().Sequence;

        await _harness.StartAsync(Describe);

        EventLines.Of(_harness.TakeEvents()).Should().Equal(
            "added Users 3: id=3 name=\"Cid\"",
            $"modified Users 1: +password=\"{Secret}\"",
            $"modified Users 3: +password=\"{Secret}\"");
        _harness.Bus.Messages[0].Message.Id.Should().EndWith($"-{waiting}");
    }

    [Fact]
    public async Task Send_that_failed_after_the_bus_took_it_is_found_on_the_bus_and_not_repeated()
    {
        await using var harness = new ServerHarness { Bus = new InMemoryBus { RefusesDuplicates = false } };
        await harness.StartAsync(Describe);
        harness.Bus.FailNextSends(1, new SendFailure { Taken = 1 });
        _users.Add(3, "Cid", Secret);
        await harness.UpdateAsync();
        await harness.UpdateAsync();

        EventLines.Of(harness.TakeEvents()).Should().Equal($"added Users 3: id=3 name=\"Cid\" password=\"{Secret}\"");
        harness.State.Outbox.Should().BeEmpty();
    }

    [Fact]
    public async Task Event_that_the_bus_took_with_its_secret_is_known_again_after_a_restart_although_the_outbox_lacks_the_secret()
    {
        await using var harness = new ServerHarness { Bus = new InMemoryBus { RefusesDuplicates = false } };
        await harness.StartAsync(Describe);
        harness.Bus.FailNextSends(1, new SendFailure { Taken = 1 });
        _users.Add(3, "Cid", Secret);
        await harness.UpdateAsync();

        await harness.StartAsync(Describe);

        harness.Control.Status.Resync.Should().BeNull();
        EventLines.Of(harness.TakeEvents()).Where(line => line.StartsWith("added")).Should().ContainSingle();
        harness.State.Outbox.Should().BeEmpty();
    }

    private static ActivityListener Listen(ConcurrentQueue<string> told)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Hermes",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => told.Enqueue($"{activity.OperationName} {string.Join(",", activity.TagObjects)} {activity.StatusDescription}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener ListenToMetrics(ConcurrentQueue<string> told)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Hermes")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told.Enqueue(Text(instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => told.Enqueue(Text(instrument, value, tags)));
        listener.Start();
        return listener;

        static string Text(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            $"{instrument.Name} {value} {string.Join(",", tags.ToArray())}";
    }

    private string Stored() => string.Concat(
        _harness.State.ContentsOf("Users").Concat(_harness.State.Outbox.Select(item => item.Body)).Select(Encoding.UTF8.GetString));

    private void Describe(IHermesServerBuilder server) => server
        .AddInMemorySource("hr", _source)
        .DataType("Users", type => type.Key("id").From("hr", source => source.Fetch("users").MapAll("id", "name", "password")).Secret("password"));
}
