using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Hermes.Abstractions.Buses;
using Hermes.Events;
using Hermes.Events.Json;

namespace Hermes.ClientRuntime.Tests.Diagnostics;

/// <summary>Runs alone: what is measured is the whole process.</summary>
[CollectionDefinition(nameof(ClientTelemetryTests), DisableParallelization = true)]
public sealed class ClientTelemetryCollection;

[Collection(nameof(ClientTelemetryTests))]
public sealed class ClientTelemetryTests : ClientTest
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Span = "00f067aa0ba902b7";

    [Fact]
    public async Task Every_instrument_measures_what_its_name_says()
    {
        var measured = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Hermes" && instrument.Name.StartsWith("hermes.client.", StringComparison.Ordinal))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
        listener.Start();

        await StartAsync(options => options.AcceptOtherProducers = true);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.AppliedAsync();
        Target.Fail(times: 1);
        await Harness.SendAsync(Campus.Changed("1", ("login", "b")), Campus.Group("g", "Maths"));
        await Harness.SendRawAsync(Encoding.UTF8.GetBytes("{ no json"));
        await Harness.AppliedAsync();
        await Harness.Control.RetryAllAsync();

        // Received: one entry and the end of the initsync, two events, and a message that is none.
        measured.Should().BeEquivalentTo(new Dictionary<string, double>
        {
            ["hermes.client.events.received hermes.client=test"] = 5,
            ["hermes.client.events.queued hermes.client=test"] = 1,
            ["hermes.client.dead_letters hermes.client=test"] = 1,
            ["hermes.client.call.duration hermes.client=test hermes.type=Users hermes.kind=Added hermes.outcome=ok"] = 1,
            ["hermes.client.call.duration hermes.client=test hermes.type=Users hermes.kind=Modified hermes.outcome=failed"] = 1,
            ["hermes.client.call.duration hermes.client=test hermes.type=Users hermes.kind=Modified hermes.outcome=ok"] = 1,
            ["hermes.client.call.duration hermes.client=test hermes.type=Groups hermes.kind=Added hermes.outcome=ok"] = 1,
        });

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name;
            foreach (var tag in tags)
                name += $" {tag.Key}={tag.Value}";
            measured.AddOrUpdate(name, value, (_, sum) => sum + value);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_call_of_an_event_belongs_to_the_trace_in_its_headers(int maxConcurrency)
    {
        using var traces = new Traces();
        await StartAsync(options => (options.MaxConcurrency, options.AcceptOtherProducers) = (maxConcurrency, true));
        await Harness.SendInitSyncAsync(Campus.Schema);
        await SendAsync(Campus.User("1", "ada"), 1, $"00-{Trace}-{Span}-01");
        await SendAsync(Campus.User("2", "bob"), 2, null);
        await SendAsync(Campus.User("3", "cid"), 3, "not a trace context");
        await Harness.AppliedAsync();

        Applied.Should().Equal("Added Users[1]", "Added Users[2]", "Added Users[3]");
        var received = traces.Of("hermes.client.receive").Single(activity => activity.TraceId.ToHexString() == Trace);
        received.ParentSpanId.ToHexString().Should().Be(Span);
        var applied = traces.Of("hermes.client.apply").ToArray();
        applied.Should().HaveCount(3).And.OnlyContain(activity => activity.ParentSpanId != default);
        applied.Should().ContainSingle(activity => activity.TraceId == received.TraceId).Which.ParentSpanId.Should().Be(received.SpanId);
        applied.Select(activity => activity.TraceId).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_trace_names_no_key_and_no_attribute_and_tells_a_failure()
    {
        using var traces = new Traces();
        await StartAsync(options => options.AcceptOtherProducers = true);
        await Harness.SendInitSyncAsync(Campus.Schema);
        Target.Fail();
        await Harness.SendAsync(Campus.User("4711", "ada", password: "s3cret"));
        await Harness.AppliedAsync();

        var applied = traces.Of("hermes.client.apply").Should().ContainSingle().Subject;
        applied.Tags.Select(tag => $"{tag.Key}={tag.Value}").Should().Equal("hermes.client=test", "hermes.type=Users", "hermes.kind=Added");
        (applied.Status, applied.StatusDescription).Should().Be((ActivityStatusCode.Error, "The target failed, as the test told it to."));
    }

    private async Task SendAsync(HermesEvent @event, long sequence, string? traceParent)
    {
        await using var producer = Harness.Bus.CreateProducer();
        var headers = traceParent is null ? BusMessage.NoHeaders : new Dictionary<string, string> { ["traceparent"] = traceParent };
        await producer.SendAsync([new BusMessage("base", EventJson.Encode(@event, new EventStamp("traced", sequence, default))) { Headers = headers }], default);
    }

    private sealed class Traces : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _stopped = new();
        private readonly ActivityListener _listener;

        public Traces()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Hermes",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _stopped.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IEnumerable<Activity> Of(string name) => _stopped.Where(activity => activity.OperationName == name);

        public void Dispose() => _listener.Dispose();
    }
}
